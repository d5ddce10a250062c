package dev.slipway.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallsOnReleasesTest {

    private static final ReleaseId ID = new ReleaseId(42);
    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");

    private final Releases releases = mock(Releases.class);
    private final ReleaseFlow flow = mock(ReleaseFlow.class);
    private final Timeline timeline = mock(Timeline.class);
    private final EvidenceRepository repository = mock(EvidenceRepository.class);
    private final EarlyEnd earlyEnd = new EarlyEnd(releases, flow, timeline);
    private final Openings openings = new Openings(flow, releases);
    private final Evidences evidences =
            new Evidences(releases, repository, timeline, Clock.fixed(NOW, ZoneOffset.UTC), event -> {});

    @Test
    void a_rollback_tells_the_diagram_why_and_who() {
        is(Phase.OBSERVATION, true);
        given(flow.tell(any(), any(), any())).willReturn(true);

        earlyEnd.rollBack(ID, " Customers can't pay. ", "adam");

        then(flow)
                .should()
                .tell(
                        ID,
                        ReleaseFlow.Event.ROLLBACK_REQUESTED,
                        Map.of("exitReason", "Customers can't pay.", "stoppedBy", "adam"));
        then(timeline).should().record(ID, Actor.person("adam"), "Asked for a rollback: Customers can't pay.");
    }

    @Test
    void nothing_is_rolled_back_before_the_first_traffic() {
        is(Phase.PRE_RELEASE, false);

        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> earlyEnd.rollBack(ID, "No.", "adam"))
                .withMessage("Release REL-42 can't be rolled back: it has not changed anything yet (phase PRE_RELEASE)."
                        + " Cancel it instead.");
        then(flow).should(never()).tell(any(), any(), any());
    }

    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"ROLLBACK", "FINAL_STATUS", "REVIEW", "CLOSED"})
    void what_is_over_is_not_ended_again(Phase phase) {
        is(phase, true);

        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> earlyEnd.rollBack(ID, "No.", "adam"))
                .withMessageContaining("phase " + phase);
        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> earlyEnd.cancel(ID, "No.", "adam"))
                .withMessageContaining("phase " + phase);
        then(flow).should(never()).tell(any(), any(), any());
    }

    @ParameterizedTest
    @CsvSource({
        "PRE_RELEASE, false",
        "COMMUNICATION, false",
        "AWAITING_WINDOW, false",
        "RELEASE_WINDOW, false",
        "RELEASE_WINDOW, true",
        "OBSERVATION, true"
    })
    void until_then_a_release_can_be_cancelled(Phase phase, boolean traffic) {
        is(phase, traffic);
        given(flow.tell(any(), any(), any())).willReturn(true);

        earlyEnd.cancel(ID, "Not now.", "evan");

        then(flow).should().tell(eq(ID), eq(ReleaseFlow.Event.CANCEL_REQUESTED), any());
    }

    @Test
    void what_the_diagram_does_not_hear_is_a_conflict() {
        is(Phase.OBSERVATION, true);
        given(flow.tell(any(), any(), any())).willReturn(false);

        assertThatExceptionOfType(Refusal.Conflict.class)
                .isThrownBy(() -> earlyEnd.rollBack(ID, "No.", "adam"))
                .withMessageContaining("repeat the call");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void an_end_has_a_reason(String reason) {
        is(Phase.OBSERVATION, true);

        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> earlyEnd.cancel(ID, reason, "evan"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("reason"));
    }

    @Test
    void the_same_key_opens_one_release() {
        given(releases.opened("k"))
                .willReturn(Optional.empty())
                .willReturn(Optional.of(release(Phase.COMMUNICATION, false)));
        given(flow.open(any())).willReturn(release(Phase.PRE_RELEASE, false));

        var first = openings.open(request("k"));
        var second = openings.open(request("k"));

        assertThat(first.isNew()).isTrue();
        assertThat(second.isNew()).isFalse();
        assertThat(second.release().phase()).isEqualTo(Phase.COMMUNICATION);
        then(flow).should().open(any());
    }

    @Test
    void two_calls_with_one_key_at_the_same_time_open_one_release() {
        given(releases.opened("k"))
                .willReturn(Optional.empty())
                .willReturn(Optional.of(release(Phase.PRE_RELEASE, false)));
        given(flow.open(any())).willThrow(new IllegalStateException("unique key violated"));

        assertThat(openings.open(request("k")).isNew()).isFalse();
    }

    @Test
    void a_failure_without_a_key_stays_a_failure() {
        given(flow.open(any())).willThrow(new IllegalStateException("down"));

        assertThatThrownBy(() -> openings.open(request(null))).hasMessage("down");
        then(releases).should(never()).opened(any());
    }

    @Test
    void a_refusal_stays_a_refusal() {
        given(releases.opened("k")).willReturn(Optional.empty());
        given(flow.open(any())).willThrow(new Refusal.BadInput("service", "unknown"));

        assertThatThrownBy(() -> openings.open(request("k"))).isInstanceOf(Refusal.BadInput.class);
    }

    @Test
    void evidence_is_kept_with_its_source_and_age_and_shown_in_the_timeline() {
        is(Phase.PRE_RELEASE, false);
        given(repository.save(any())).willAnswer(call -> call.getArgument(0));

        var kept =
                evidences.attach(ID, "PRE-3", Evidence.Result.PASSED, " All green ", "https://ci.example.com/1", "bot");

        assertThat(kept.requirement()).isEqualTo("PRE-3");
        assertThat(kept.summary()).isEqualTo("All green");
        assertThat(kept.source()).isEqualTo("pipeline");
        assertThat(kept.actor()).isEqualTo("bot");
        assertThat(kept.at()).isEqualTo(NOW);
        then(timeline)
                .should()
                .record(ID, Actor.person("bot"), "Evidence for PRE-3 (passed): All green", "https://ci.example.com/1");
    }

    @ParameterizedTest
    @CsvSource({
        "PRE-9, PASSED, s, https://x.example.com, requirement",
        "pre-3, PASSED, s, https://x.example.com, requirement",
        "PRE-3, CONFIRMED, s, https://x.example.com, outcome",
        "PRE-3, OVERRIDDEN, s, https://x.example.com, outcome",
        "PRE-3, PASSED, ' ', https://x.example.com, summary",
        "PRE-3, PASSED, s, javascript:alert(1), link",
        "PRE-3, PASSED, s, ftp://x.example.com, link",
        "PRE-3, PASSED, s, http:, link",
        "PRE-3, PASSED, s, 'https://x y', link",
        "PRE-3, PASSED, s, ci/1, link",
    })
    void evidence_that_says_nothing_is_refused(
            String requirement, Evidence.Result outcome, String summary, String link, String field) {
        is(Phase.PRE_RELEASE, false);

        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> evidences.attach(ID, requirement, outcome, summary, link, "bot"))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo(field));
        then(repository).should(never()).save(any());
        then(timeline).should(never()).record(any(), any(), anyString(), any());
    }

    private void is(Phase phase, boolean traffic) {
        given(releases.get(ID)).willReturn(release(phase, traffic));
    }

    private static ReleaseRequest request(String key) {
        return SampleRequest.of("checkout", "1.5.0").key(key).request();
    }

    private static Release release(Phase phase, boolean traffic) {
        return SampleRelease.of("checkout", "1.5.0")
                .in(phase)
                .firstTrafficAt(traffic ? NOW : null)
                .release();
    }
}
