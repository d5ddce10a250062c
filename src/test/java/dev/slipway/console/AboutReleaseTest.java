package dev.slipway.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.Windows;
import dev.slipway.observation.Charts;
import dev.slipway.observation.Measurements;
import dev.slipway.observation.Verdicts;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Actor;
import dev.slipway.release.Hold;
import dev.slipway.release.Holds;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import dev.slipway.release.SampleRelease;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import dev.slipway.release.WaitingFor;
import dev.slipway.security.Directory;
import dev.slipway.security.WebAppSessions;
import dev.slipway.window.RolloutProgress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;

@WebMvcTest(controllers = AboutRelease.class)
@Import(AboutReleaseTest.Security.class)
class AboutReleaseTest {

    @TestConfiguration
    @ComponentScan(basePackages = "dev.slipway.security")
    static class Security {}

    private static final ReleaseId REL_42 = new ReleaseId(42);
    private static final Instant AT = Instant.parse("2026-11-25T08:00:00Z");
    private static final String EVIL = "<script>alert('x')</script>";
    private static final String HARMLESS = "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;";

    @Autowired
    MockMvc mvc;

    @MockitoBean
    RolloutProgress progress;

    @MockitoBean
    Releases releases;

    @MockitoBean
    Holds holds;

    @MockitoBean
    ReleaseFlow flow;

    @MockitoBean
    ServiceCatalog catalog;

    @MockitoBean
    Verdicts verdicts;

    @MockitoBean
    Measurements measurements;

    @MockitoBean
    Charts charts;

    @MockitoBean
    Timeline timeline;

    @MockitoBean
    Directory directory;

    @MockitoBean
    WebAppSessions sessions;

    @BeforeEach
    void a_release_in_doubt() {
        given(directory.matches(anyString(), anyString())).willReturn(true);
        given(directory.groupsOf(anyString())).willReturn(Set.of("support"));
        given(releases.get(any())).willAnswer(call -> {
            throw new Refusal.NotFound("There is no release " + call.getArgument(0) + ".");
        });
        org.mockito.BDDMockito.willReturn(SampleRelease.of("checkout", "1.5.0")
                        .in(Phase.RELEASE_WINDOW)
                        .withRisk(Risk.MEDIUM)
                        .openedAt(AT)
                        .release())
                .given(releases)
                .get(REL_42);
        given(catalog.pinned(7))
                .willReturn(SampleService.called("checkout")
                        .with(new Windows("Europe/Berlin", List.of(), List.of()))
                        .definition());
        given(flow.waitingFor(REL_42))
                .willReturn(List.of(new WaitingFor(
                        "Decide inconclusive step",
                        "t-1",
                        "release-authority",
                        AT,
                        AT.plusSeconds(900),
                        "rolled back")));
        given(verdicts.last(REL_42))
                .willReturn(Optional.of(
                        new Verdicts.Said(Verdict.INCONCLUSIVE, "step-2", "error-rate has no data: no series.")));
        given(charts.metrics(REL_42)).willReturn(List.of("error-rate", "latency p95"));
        given(measurements.latest(REL_42)).willReturn(List.of(entry("error-rate has no data: no series.")));
        given(timeline.of(REL_42))
                .willReturn(List.of(happened(1, "Requested.", null), happened(2, "Verdict.", "| a | b |")));
    }

    private static Measurements.Entry entry(String words) {
        return new Measurements.Entry(
                "error-rate",
                AT,
                "step-2",
                null,
                0.004,
                null,
                "at most 0.02",
                Verdict.INCONCLUSIVE,
                "no data",
                words,
                false,
                null,
                null);
    }

    private static TimelineEntry happened(long id, String what, String evidence) {
        return new TimelineEntry(id, 42, AT.plusSeconds(id), Actor.Kind.MACHINE, "watcher", what, evidence);
    }

    @Test
    void the_page_says_where_the_release_stands_and_who_is_waited_for() throws Exception {
        assertThat(page())
                .contains(
                        "<h1>checkout 1.5.0</h1>",
                        "REL-42",
                        "release window",
                        "medium",
                        "<dd>erin</dd>",
                        "<dd>open</dd>")
                .contains(
                        "release-authority: <a href=\"/camunda/app/tasklist/default/#/?task=t-1\">Decide inconclusive step</a>")
                .contains("due 25 Nov 2026, 09:15:00 CET", "Otherwise: rolled back")
                .contains(
                        "<strong class=\"INCONCLUSIVE\">INCONCLUSIVE</strong> in step-2: error-rate has no data: no series.");
    }

    @Test
    void every_metric_has_its_picture_and_its_latest_measurement() throws Exception {
        assertThat(page())
                .contains("<img src=\"/api/v1/releases/REL-42/charts/error-rate.svg\"")
                .contains("<img src=\"/api/v1/releases/REL-42/charts/latency%20p95.svg\"")
                .contains("<td>0.004</td><td>at most 0.02</td>");
    }

    @Test
    void what_happened_last_stands_first() throws Exception {
        var page = page();

        assertThat(page.indexOf("Verdict.")).isLessThan(page.indexOf("Requested."));
        assertThat(page).contains("<pre>| a | b |</pre>").doesNotContain("older entries");
    }

    @Test
    void of_a_very_long_story_the_latest_part_is_shown() throws Exception {
        given(timeline.of(REL_42))
                .willReturn(LongStream.rangeClosed(1, 1_200)
                        .mapToObj(i -> happened(i, "Entry %d.".formatted(i), null))
                        .toList());

        assertThat(page())
                .contains("Entry 1200.", "Entry 701.", "700 older entries")
                .doesNotContain("Entry 700.", "Entry 1.<");
    }

    @Test
    void nothing_measured_shows_no_empty_pictures() throws Exception {
        given(measurements.latest(REL_42)).willReturn(List.of());
        given(verdicts.last(REL_42)).willReturn(Optional.empty());
        given(flow.waitingFor(REL_42)).willReturn(List.of());

        assertThat(page()).contains("Nothing was judged yet.", "Nobody.").doesNotContain("<img", "<table");
    }

    @Test
    void whatever_people_and_machines_wrote_stays_text() throws Exception {
        org.mockito.BDDMockito.willReturn(
                        SampleRelease.of(EVIL, EVIL).ownedBy(EVIL, EVIL).release())
                .given(releases)
                .get(REL_42);
        given(flow.waitingFor(REL_42)).willReturn(List.of(new WaitingFor(EVIL, "\"" + EVIL, EVIL, AT, null, EVIL)));
        given(verdicts.last(REL_42)).willReturn(Optional.of(new Verdicts.Said(Verdict.FAIL, EVIL, EVIL)));
        given(charts.metrics(REL_42)).willReturn(List.of("\"" + EVIL));
        given(measurements.latest(REL_42)).willReturn(List.of(entry(EVIL)));
        given(timeline.of(REL_42)).willReturn(List.of(happened(1, EVIL, EVIL)));

        assertThat(page()).doesNotContain("<script", "\"\"").contains(HARMLESS);
    }

    @Test
    void the_page_runs_nothing_and_is_kept_nowhere() throws Exception {
        mvc.perform(get("/releases/REL-42").with(httpBasic("sam", "secret")))
                .andExpect(header().string(
                                "Content-Security-Policy",
                                "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self';"
                                        + " frame-ancestors 'self'; base-uri 'none'"))
                .andExpect(header().string("Cache-Control", "no-store"));
        assertThat(page()).doesNotContain("<script", "style=\"", "onclick");
    }

    @Test
    void only_who_has_logged_in_sees_it() throws Exception {
        mvc.perform(get("/releases/REL-42")).andExpect(status().isUnauthorized());
        mvc.perform(get("/releases/REL-42").session(new MockHttpSession())).andExpect(status().isUnauthorized());
        var session = new MockHttpSession();
        given(sessions.userOf(session)).willReturn(Optional.of("sam"));
        mvc.perform(get("/releases/REL-42").session(session)).andExpect(status().isOk());
    }

    @Test
    void who_looks_at_it_stays_logged_in_with_all_other_requests_under_way() throws Exception {
        var session = new MockHttpSession();
        var id = session.getId();
        given(sessions.userOf(session)).willReturn(Optional.of("sam"));

        mvc.perform(get("/releases/REL-42").session(session)).andExpect(status().isOk());
        mvc.perform(get("/releases/REL-42").session(session).with(httpBasic("sam", "secret")))
                .andExpect(status().isOk());

        assertThat(session.getId()).isEqualTo(id);
    }

    @Test
    void a_rollout_in_parts_says_how_far_each_of_them_is() throws Exception {
        given(progress.of(REL_42))
                .willReturn(List.of(
                        new RolloutProgress.Progress("web in eu-west", "25 % of traffic to <1.5.0>"),
                        new RolloutProgress.Progress("web in us-east", "nothing was ordered")));
        assertThat(page()).doesNotContain("<h2>Rollout</h2>");
        under_way_in(Phase.RELEASE_WINDOW);
        assertThat(page())
                .contains("<h2>Rollout</h2>")
                .contains("<tr><td>web in eu-west</td><td>25 % of traffic to &lt;1.5.0&gt;</td></tr>")
                .contains("<tr><td>web in us-east</td><td>nothing was ordered</td></tr>");
    }

    @Test
    void who_holds_it_is_said_and_a_way_back_is_offered_only_while_there_is_one() throws Exception {
        assertThat(page()).doesNotContain("On hold", "roll-back");
        given(holds.current(REL_42)).willReturn(Optional.of(new Hold(1L, 42, EVIL, "adam", AT, null, null)));
        under_way_in(Phase.OBSERVATION);
        assertThat(page()).contains("On hold", "adam: " + HARMLESS, "<a href=\"/releases/REL-42/roll-back\">");

        for (var phase : List.of(Phase.ROLLBACK, Phase.FINAL_STATUS, Phase.CLOSED)) {
            under_way_in(phase);
            assertThat(page()).as(phase.name()).doesNotContain("roll-back");
        }
    }

    private void under_way_in(Phase phase) {
        org.mockito.BDDMockito.willReturn(SampleRelease.of("checkout", "1.5.0")
                        .in(phase)
                        .firstTrafficAt(AT)
                        .openedAt(AT)
                        .release())
                .given(releases)
                .get(REL_42);
    }

    @Test
    void a_release_that_is_not_there_is_not_found() throws Exception {
        for (var id : List.of("REL-43", "nonsense")) {
            mvc.perform(get("/releases/" + id).with(httpBasic("sam", "secret")))
                    .andExpect(status().is4xxClientError())
                    .andExpect(content().contentTypeCompatibleWith("text/html"));
        }
    }

    private String page() throws Exception {
        return mvc.perform(get("/releases/REL-42").with(httpBasic("sam", "secret")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}
