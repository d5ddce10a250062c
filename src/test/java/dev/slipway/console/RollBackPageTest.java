package dev.slipway.console;

import static org.hamcrest.Matchers.containsString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.never;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.EarlyEnd;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRelease;
import dev.slipway.security.Directory;
import dev.slipway.security.WebAppSessions;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

@WebMvcTest(controllers = RollBackPage.class)
@Import(RollBackPageTest.Security.class)
class RollBackPageTest {

    @TestConfiguration
    @ComponentScan(basePackages = "dev.slipway.security")
    static class Security {}

    private static final ReleaseId REL_42 = new ReleaseId(42);
    private static final String PAGE = "/releases/REL-42/roll-back";

    @Autowired
    MockMvc mvc;

    @MockitoBean
    Releases releases;

    @MockitoBean
    EarlyEnd earlyEnd;

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

    @Test
    void to_look_at_it_changes_nothing() throws Exception {
        mvc.perform(get(PAGE).with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("Roll back checkout 1.5.0?")))
                .andExpect(content().string(containsString("<form method=\"post\">")));

        then(earlyEnd).shouldHaveNoInteractions();
    }

    @Test
    void the_authority_rolls_back_with_a_reason() throws Exception {
        mvc.perform(posted().param("reason", "Customers call.").with(httpBasic("adam", "secret")))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("The way back has begun")));

        then(earlyEnd).should().rollBack(REL_42, "Customers call.", "adam");
    }

    @Test
    void nobody_else_does() throws Exception {
        mvc.perform(get(PAGE).with(httpBasic("sam", "secret"))).andExpect(status().isForbidden());
        mvc.perform(posted().param("reason", "x").with(httpBasic("sam", "secret")))
                .andExpect(status().isForbidden());
        mvc.perform(get(PAGE)).andExpect(status().isUnauthorized());
        mvc.perform(posted().param("reason", "x")).andExpect(status().isUnauthorized());

        then(earlyEnd).should(never()).rollBack(any(), any(), any());
    }

    @Test
    void neither_a_session_of_tasklist_nor_another_site_can_send_it() throws Exception {
        var session = new MockHttpSession();
        given(sessions.userOf(session)).willReturn(Optional.of("adam"));

        mvc.perform(posted().param("reason", "x").session(session)).andExpect(status().isUnauthorized());
        mvc.perform(posted().param("reason", "x")
                        .header("Sec-Fetch-Site", "cross-site")
                        .with(httpBasic("adam", "secret")))
                .andExpect(status().isForbidden());

        then(earlyEnd).should(never()).rollBack(any(), any(), any());
    }

    @Test
    void what_can_not_be_done_is_said() throws Exception {
        given(earlyEnd.rollBack(any(), anyString(), anyString()))
                .willThrow(new Refusal.Conflict("It is being rolled back already."));

        mvc.perform(posted().param("reason", "x").with(httpBasic("adam", "secret")))
                .andExpect(status().isConflict())
                .andExpect(content().string(containsString("It is being rolled back already.")));
    }
}
