package dev.slipway.api;

import static dev.slipway.communication.OutgoingMessage.State.DEAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.communication.OutgoingMessage;
import dev.slipway.observation.FalseAlarms;
import dev.slipway.observation.Measurements;
import dev.slipway.observation.ProblemReports;
import dev.slipway.observation.judge.Effect;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.FoundEvidence;
import dev.slipway.release.Actor;
import dev.slipway.release.Evidence;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.TimelineEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

class OtherCallsTest extends ApiSlice {

    private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");

    @Test
    void without_wait_the_gate_answers_at_once() throws Exception {
        var call =
                mvc.perform(get("/api/v1/releases/REL-42/gate").with(as("sam"))).andReturn();

        mvc.perform(asyncDispatch(call))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").exists())
                .andExpect(jsonPath("$.reasons").isArray());
    }

    @Test
    void messages_that_were_given_up_are_shown_without_their_text_and_tried_again() throws Exception {
        var dead = new OutgoingMessage(
                7L,
                "REL-42:rollback",
                42,
                "slack",
                null,
                "It goes back",
                "Why",
                DEAD,
                3,
                AT,
                null,
                "not_in_channel",
                AT,
                null);
        given(outbox.in(DEAD)).willReturn(List.of(dead));
        given(outbox.revive(7)).willReturn(dead);
        given(outbox.revive(8)).willThrow(new Refusal.Conflict("Message 8 is not dead: it is WAITING."));

        mvc.perform(get("/api/v1/messages").with(as("rita")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].release").value("REL-42"))
                .andExpect(jsonPath("$[0].problem").value("not_in_channel"))
                .andExpect(jsonPath("$[0].text").doesNotExist());
        mvc.perform(get("/api/v1/messages?state=LOST").with(as("rita"))).andExpect(status().isBadRequest());
        mvc.perform(post("/api/v1/messages/7/retry").with(as("rita")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.id").value(7));
        mvc.perform(post("/api/v1/messages/8/retry").with(as("rita"))).andExpect(status().isConflict());
        mvc.perform(post("/api/v1/messages/7/retry").with(as("sam"))).andExpect(status().isForbidden());
    }

    @Test
    void a_closed_gate_is_asked_again_until_it_decides() throws Exception {
        given(releases.get(REL_42))
                .willReturn(release(Phase.AWAITING_WINDOW, false))
                .willThrow(new Refusal.NotFound("decided"));

        var call = mvc.perform(get("/api/v1/releases/REL-42/gate?wait=PT30S").with(as("sam")))
                .andExpect(request().asyncStarted())
                .andReturn();
        assertThat(call.getAsyncResult(5_000)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_gate_that_stays_closed_says_so_when_the_wait_is_over() throws Exception {
        var call = mvc.perform(get("/api/v1/releases/REL-42/gate?wait=PT0.2S").with(as("sam")))
                .andExpect(request().asyncStarted())
                .andReturn();
        call.getAsyncResult(5_000);

        mvc.perform(asyncDispatch(call))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").value("WAIT"));
    }

    @Test
    void a_pipeline_without_a_release_asks_for_its_service() throws Exception {
        mvc.perform(get("/api/v1/services/checkout/gate").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").value("GO"));
        given(releases.running(null)).willReturn(List.of(release(Phase.OBSERVATION, true)));
        mvc.perform(get("/api/v1/services/checkout/gate").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").value("NO_GO"))
                .andExpect(jsonPath("$.reasons[0]").value(containsString("REL-42")));
        given(catalog.find("nowhere")).willReturn(Optional.empty());
        mvc.perform(get("/api/v1/services/nowhere/gate").with(as("sam"))).andExpect(status().isNotFound());
        mvc.perform(get("/api/v1/services/checkout/gate")).andExpect(status().isUnauthorized());
    }

    @Test
    void a_tool_that_knows_the_version_asks_for_the_gate_of_its_release() throws Exception {
        given(releases.latest("checkout", "1.5.0")).willReturn(Optional.of(release(Phase.RELEASE_WINDOW, true)));

        mvc.perform(get("/api/v1/services/checkout/gate?version=1.5.0").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.decision").exists());
        mvc.perform(get("/api/v1/services/checkout/gate?version=1.6.0").with(as("sam")))
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail").value(containsString("no release of checkout 1.6.0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT61S", "-PT1S", "30", "P1000000000D"})
    void a_wait_is_at_most_a_minute(String wait) throws Exception {
        mvc.perform(get("/api/v1/releases/REL-42/gate").param("wait", wait).with(as("sam")))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("wait"));
    }

    @Test
    void the_timeline_says_when_who_and_what() throws Exception {
        given(timeline.of(REL_42))
                .willReturn(List.of(new TimelineEntry(1L, 42, AT, Actor.Kind.MACHINE, "watcher", "It looked.", null)));

        mvc.perform(get("/api/v1/releases/REL-42/timeline").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].time").value("2026-03-01T08:00:00Z"))
                .andExpect(jsonPath("$[0].actor").value("watcher"))
                .andExpect(jsonPath("$[0].actorKind").value("MACHINE"))
                .andExpect(jsonPath("$[0].what").value("It looked."))
                .andExpect(jsonPath("$[0].evidence").isEmpty());
    }

    @Test
    void a_measurement_names_the_rule_that_decided() throws Exception {
        given(measurements.of(REL_42))
                .willReturn(List.of(new Measurements.Entry(
                        "error-rate",
                        AT,
                        "step-2",
                        0.031,
                        0.004,
                        null,
                        "above 0.02",
                        Verdict.FAIL,
                        "ceiling",
                        "3.1 %",
                        false,
                        new Effect(2.7, 1.1, 4.3, false),
                        0.001)));

        mvc.perform(get("/api/v1/releases/REL-42/measurements").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].metric").value("error-rate"))
                .andExpect(jsonPath("$[0].time").value("2026-03-01T08:00:00Z"))
                .andExpect(jsonPath("$[0].value").value(0.031))
                .andExpect(jsonPath("$[0].baseline").value(0.004))
                .andExpect(jsonPath("$[0].threshold").value("above 0.02"))
                .andExpect(jsonPath("$[0].verdict").value("FAIL"))
                .andExpect(jsonPath("$[0].rule").value("ceiling"))
                .andExpect(jsonPath("$[0].effect.size").value(2.7))
                .andExpect(jsonPath("$[0].effect.low").value(1.1))
                .andExpect(jsonPath("$[0].effect.high").value(4.3))
                .andExpect(jsonPath("$[0].effect.relative").value(false))
                .andExpect(jsonPath("$[0].p").value(0.001));
        mvc.perform(get("/api/v1/releases/REL-43/measurements").with(as("sam"))).andExpect(status().isNotFound());
    }

    @Test
    void findings_stand_beside_their_questions() throws Exception {
        given(found.of(REL_42))
                .willReturn(List.of(new FoundEvidence.Found(
                        "migrations",
                        false,
                        "One migration blocks.",
                        AT,
                        AT,
                        List.of(new Finding(
                                "create-index",
                                Finding.Severity.BLOCKING,
                                "V7.sql",
                                3,
                                "Creates an index",
                                "Writes wait",
                                "Can they?",
                                null,
                                null)))));

        mvc.perform(get("/api/v1/releases/REL-42/findings").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].collector").value("migrations"))
                .andExpect(jsonPath("$[0].broken").value(false))
                .andExpect(jsonPath("$[0].findings[0].severity").value("BLOCKING"))
                .andExpect(jsonPath("$[0].findings[0].question").value("Can they?"));
        mvc.perform(get("/api/v1/releases/REL-42/findings")).andExpect(status().isUnauthorized());
    }

    @Test
    void evidence_is_attached_in_the_callers_name() throws Exception {
        given(evidences.attach(
                        REL_42, "PRE-3", Evidence.Result.PASSED, "All green", "https://ci.example.com/1", "erin"))
                .willReturn(new Evidence(
                        7L,
                        42,
                        "PRE-3",
                        Evidence.Result.PASSED,
                        "All green",
                        "https://ci.example.com/1",
                        "pipeline",
                        null,
                        null,
                        "erin",
                        AT));

        call(
                        "evidence",
                        "{'requirement':'PRE-3','outcome':'PASSED','summary':'All green','link':'https://ci.example.com/1'}")
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.id").value(7))
                .andExpect(jsonPath("$.actor").value("erin"));
    }

    @Test
    void a_pipeline_can_not_confirm_in_place_of_a_person() throws Exception {
        call("evidence", "{'requirement':'PRE-3','outcome':'CONFIRMED','summary':'Fine'}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("outcome"))
                .andExpect(jsonPath("$.detail").value("outcome: the value must be one of PASSED, FAILED, NOTED."));
    }

    @Test
    void a_problem_report_says_whether_it_was_heard() throws Exception {
        given(reports.report(REL_42, ProblemReports.Kind.SUPPORT, ProblemReports.Severity.HIGH, "Broken", "erin"))
                .willReturn(
                        new ProblemReports.Taken(7, ProblemReports.Effect.HEARD),
                        new ProblemReports.Taken(8, ProblemReports.Effect.NOT_WATCHED),
                        new ProblemReports.Taken(9, ProblemReports.Effect.COUNTED));

        call("signals", "{'kind':'SUPPORT','severity':'HIGH','text':'Broken'}")
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.heard").value(true))
                .andExpect(jsonPath("$.report").value(7));
        call("signals", "{'kind':'SUPPORT','severity':'HIGH','text':'Broken'}")
                .andExpect(status().isAccepted())
                .andExpect(jsonPath("$.heard").value(false))
                .andExpect(jsonPath("$.message").value(containsString("not being watched")));
        call("signals", "{'kind':'SUPPORT','severity':'HIGH','text':'Broken'}")
                .andExpect(jsonPath("$.heard").value(false))
                .andExpect(jsonPath("$.message").value(containsString("counted")));
    }

    @Test
    void a_note_is_kept_under_the_name_of_who_is_logged_in() throws Exception {
        call("notes", "{'text':'The mails are late.'}").andExpect(status().isCreated());

        then(reports).should().note(REL_42, "The mails are late.", "erin");
        call("notes", "{'text':' '}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("text"));
    }

    @Test
    void only_the_authority_and_managers_mark_false_alarms() throws Exception {
        call("false-alarms", "{'metric':'error-rate','reason':'Load test'}").andExpect(status().isForbidden());
        then(alarms).shouldHaveNoInteractions();

        for (var user : List.of("adam", "rita", "admin")) {
            mvc.perform(post("/api/v1/releases/REL-42/false-alarms")
                            .with(as(user))
                            .contentType(MediaType.APPLICATION_JSON)
                            .content("{\"metric\": \"error-rate\", \"reason\": \"Load test\"}"))
                    .andExpect(status().isCreated());
            then(alarms).should().mark(REL_42, FalseAlarms.Source.METRIC, "error-rate", "Load test", user);
        }
    }

    @Test
    void a_false_alarm_is_one_alarm() throws Exception {
        mvc.perform(post("/api/v1/releases/REL-42/false-alarms")
                        .with(as("rita"))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"metric\": \"error-rate\", \"alert\": \"X\", \"reason\": \"Load test\"}"))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.detail").value("Give exactly one of metric, alert and report."));
    }

    @Test
    void the_rate_of_false_alarms_is_read_by_everybody() throws Exception {
        given(alarms.rates("checkout"))
                .willReturn(List.of(new FalseAlarms.Rate("checkout", FalseAlarms.Source.METRIC, "error-rate", 4, 1)));

        mvc.perform(get("/api/v1/insights/alarms?service=checkout").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$[0].name").value("error-rate"))
                .andExpect(jsonPath("$[0].share").value(0.25));
    }

    @Test
    void a_problem_report_needs_a_known_severity() throws Exception {
        call("signals", "{'kind':'SUPPORT','severity':'URGENT','text':'Broken'}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("severity"))
                .andExpect(jsonPath("$.detail").value(containsString("LOW, HIGH, CRITICAL")));
        call("signals", "{'kind':'SUPPORT','text':'Broken'}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("severity"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/hooks/deployments/t0k", "/hooks/deployments/t0k"})
    void a_deployer_reports_without_login(String path) throws Exception {
        hook(path, "{\"state\": \"FAILED\", \"message\": \"no space\"}").andExpect(status().isAccepted());

        then(deployments).should().receive("t0k", "FAILED", "no space");
    }

    @Test
    void a_token_that_nobody_knows_is_not_found() throws Exception {
        willThrow(new Refusal.NotFound("There is no such token."))
                .given(deployments)
                .receive("x", "SUCCEEDED", "");

        hook("/api/v1/hooks/deployments/x", "{\"state\": \"SUCCEEDED\"}")
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void a_report_that_can_not_be_understood_is_refused() throws Exception {
        hook("/api/v1/hooks/deployments/x", "{\"state\": \"DONE\"}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("state"))
                .andExpect(jsonPath("$.detail").value(containsString("SUCCEEDED, FAILED")));
        hook("/api/v1/hooks/deployments/x", "{\"status\": \"FAILED\"}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("status"));
        hook("/api/v1/hooks/deployments/x", "{}")
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value("state"));
        hook("/api/v1/hooks/deployments/x", "").andExpect(status().isBadRequest());
        then(deployments).shouldHaveNoInteractions();
    }

    @Test
    void a_report_is_at_most_64_kb() throws Exception {
        hook("/api/v1/hooks/deployments/x", "{\"state\": \"FAILED\", \"message\": \"" + "x".repeat(65_536) + "\"}")
                .andExpect(status().isPayloadTooLarge())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    private ResultActions call(String what, String body) throws Exception {
        return mvc.perform(post("/api/v1/releases/REL-42/" + what)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body.replace('\'', '"'))
                .with(as("erin")));
    }

    private ResultActions hook(String path, String body) throws Exception {
        return mvc.perform(post(path).contentType(MediaType.APPLICATION_JSON).content(body));
    }
}
