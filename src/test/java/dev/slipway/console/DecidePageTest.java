package dev.slipway.console;

import static org.hamcrest.Matchers.containsString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.EarlyEnd;
import dev.slipway.release.Invitation;
import dev.slipway.release.Invitations;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseFlow.Question;
import dev.slipway.release.ReleaseFlow.Question.Field;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRelease;
import dev.slipway.security.Directory;
import dev.slipway.security.WebAppSessions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@WebMvcTest(controllers = DecidePage.class)
@Import(DecidePageTest.Security.class)
class DecidePageTest {

    @TestConfiguration
    @ComponentScan(basePackages = "dev.slipway.security")
    static class Security {

        @Bean
        TransactionTemplate transaction(PlatformTransactionManager transactions) {
            return new TransactionTemplate(transactions);
        }
    }

    private static final ReleaseId REL_42 = new ReleaseId(42);
    private static final String PAGE = "/decide/token";
    private static final String STEP = "decide-inconclusive-step";

    @Autowired
    MockMvc mvc;

    @MockitoBean
    Releases releases;

    @MockitoBean
    EarlyEnd earlyEnd;

    @MockitoBean
    Invitations invitations;

    @MockitoBean
    ReleaseFlow flow;

    @MockitoBean
    PlatformTransactionManager transactions;

    @MockitoBean
    ServiceCatalog catalog;

    @MockitoBean
    Directory directory;

    @MockitoBean
    WebAppSessions sessions;

    @BeforeEach
    void a_release_under_way() {
        given(directory.matches(anyString(), anyString())).willReturn(true);
        given(directory.groupsOf("adam")).willReturn(Set.of("release-authority"));
        given(directory.groupsOf("sam")).willReturn(Set.of("support"));
        given(releases.get(REL_42))
                .willReturn(SampleRelease.of("checkout", "1.5.0")
                        .in(Phase.OBSERVATION)
                        .release());
        given(catalog.pinned(7)).willReturn(SampleService.called("checkout").definition());
    }

    private static MockHttpServletRequestBuilder posted() {
        return post(PAGE).contentType(MediaType.APPLICATION_FORM_URLENCODED);
    }

    private void linkTo(String task) {
        given(invitations.read(anyString(), anyString()))
                .willReturn(new Invitation("hash", 42, task, null, Instant.parse("2030-01-01T00:00:00Z"), null));
        given(flow.question(REL_42, task, "adam"))
                .willReturn(new Question(
                        "Decide <inconclusive> step",
                        "**checkout 1.5.0** <script>\n\n| metric | value |\n| --- | --- |\n| error-rate | 9 % |",
                        List.of(
                                new Field("stepDecision", "Decision", "radio", true, choices(), null),
                                new Field("stepReason", "Why?", "textarea", true, Map.of(), "known \"so\" far"),
                                new Field("minutes", "How long?", "number", false, Map.of(), null),
                                new Field("seen", "Seen", "checkbox", false, Map.of(), null))));
    }

    private static Map<String, String> choices() {
        var choices = new LinkedHashMap<String, String>();
        choices.put("bake", "Bake longer");
        choices.put("roll-back", "Roll back");
        return choices;
    }

    @Test
    void a_task_is_shown_as_it_is_asked_with_everything_escaped_and_nothing_changes() throws Exception {
        linkTo(STEP);

        mvc.perform(get(PAGE).with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("<h1>Decide &lt;inconclusive&gt; step</h1>")))
                .andExpect(content().string(containsString("<strong>checkout 1.5.0</strong> &lt;script&gt;")))
                .andExpect(content().string(containsString("<td>error-rate</td>")))
                .andExpect(content().string(containsString("known &quot;so&quot; far</textarea>")))
                .andExpect(content()
                        .string(containsString(
                                "<input type=\"radio\" name=\"stepDecision\" value=\"bake\" required> Bake longer")));

        then(flow).should(never()).answer(any(), any(), any(), any());
        then(invitations).should(never()).use(any());
    }

    @Test
    void it_is_answered_once_in_the_name_of_who_is_logged_in() throws Exception {
        linkTo(STEP);

        mvc.perform(posted().param("stepDecision", "bake")
                        .param("stepReason", " Traffic is low. ")
                        .param("minutes", "2.5")
                        .param("owner", "mallory")
                        .with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Your answer stands in the timeline")));

        then(invitations).should().use(any());
        then(flow)
                .should()
                .answer(
                        REL_42,
                        STEP,
                        "adam",
                        Map.of("stepDecision", "bake", "stepReason", "Traffic is low.", "minutes", 2.5, "seen", false));
    }

    @Test
    void what_the_form_refuses_is_said_and_undone() throws Exception {
        linkTo(STEP);
        willThrow(new Refusal.BadInput("stepReason", "\"Why?\" (stepReason) must be answered."))
                .given(flow)
                .answer(any(), any(), any(), any());

        mvc.perform(posted().param("stepDecision", "bake").with(httpBasic("adam", "secret")))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("(stepReason) must be answered.")));
        mvc.perform(posted().param("minutes", "soon").with(httpBasic("adam", "secret")))
                .andExpect(status().isBadRequest())
                .andExpect(content().string(containsString("must be a number, not soon.")));

        then(transactions).should(times(2)).rollback(any());
    }

    @Test
    void the_authority_rolls_back_and_nobody_else_does() throws Exception {
        linkTo(Invitations.ROLL_BACK);

        mvc.perform(get(PAGE).with(httpBasic("sam", "secret"))).andExpect(status().isForbidden());
        mvc.perform(posted().param("reason", "x").with(httpBasic("sam", "secret")))
                .andExpect(status().isForbidden());
        mvc.perform(get(PAGE).with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Roll back checkout 1.5.0?")));
        then(earlyEnd).should(never()).rollBack(any(), any(), any());
        mvc.perform(posted().param("reason", "Customers call.").with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("The way back has begun")));

        then(earlyEnd).should().rollBack(REL_42, "Customers call.", "adam");
    }

    @Test
    void a_link_alone_is_not_enough() throws Exception {
        linkTo(Invitations.ROLL_BACK);
        var session = new MockHttpSession();
        given(sessions.userOf(session)).willReturn(Optional.of("adam"));

        mvc.perform(get(PAGE)).andExpect(status().isUnauthorized());
        mvc.perform(posted().param("reason", "x")).andExpect(status().isUnauthorized());
        mvc.perform(posted().param("reason", "x").session(session)).andExpect(status().isUnauthorized());
        mvc.perform(posted().param("reason", "x")
                        .header("Sec-Fetch-Site", "cross-site")
                        .with(httpBasic("adam", "secret")))
                .andExpect(status().isForbidden());
        given(invitations.read(anyString(), anyString())).willThrow(new Refusal.Conflict("This link is too old."));
        mvc.perform(get(PAGE).with(httpBasic("adam", "secret")))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("This link is too old.")));

        then(earlyEnd).should(never()).rollBack(any(), any(), any());
    }
}
