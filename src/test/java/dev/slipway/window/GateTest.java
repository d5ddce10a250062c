package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRelease;
import dev.slipway.release.WaitingFor;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

    @ParameterizedTest
    @CsvSource({
        "PRE_RELEASE,     ,                   false, false, WAIT",
        "COMMUNICATION,   ,                   false, false, WAIT",
        "AWAITING_WINDOW, ,                   false, false, WAIT",
        "RELEASE_WINDOW,  ,                   false, false, WAIT",
        "RELEASE_WINDOW,  ,                   true, false, GO",
        "OBSERVATION,     ,                   true, false, GO",
        "ROLLBACK,        ,                   true, false, NO_GO",
        "FINAL_STATUS,    ,                   true, false, GO",
        "FINAL_STATUS,    ,                   true, true, NO_GO",
        "FINAL_STATUS,    ,                   false, false, NO_GO",
        "FINAL_STATUS,    SUCCESSFUL,         true, false, GO",
        "CLOSED,          SUCCESSFUL,         true, false, GO",
        "FINAL_STATUS,    ROLLED_BACK,        true, false, NO_GO",
        "REVIEW,          ROLLED_BACK,        true, false, NO_GO",
        "REVIEW,          FOLLOW_UP_REQUIRED, true, false, NO_GO",
        "CLOSED,          CANCELLED,          false, false, NO_GO",
        "PRE_RELEASE,     CANCELLED,          false, false, NO_GO",
    })
    void each_state_has_one_answer_and_a_reason(
            Phase phase, Outcome outcome, boolean traffic, boolean hauledBack, Gate.Decision decision) {
        var gate = Gate.of(release(phase, outcome, traffic), List.of(), hauledBack, List.of());

        assertThat(gate.decision()).isEqualTo(decision);
        assertThat(gate.reasons())
                .isNotEmpty()
                .allSatisfy(reason -> assertThat(reason).contains("checkout 1.5.0"));
    }

    @Test
    void a_wait_says_what_is_waited_for_until_when_and_what_silence_means() {
        var wait = new WaitingFor(
                "Decide go or no-go",
                "1",
                "alice",
                Instant.parse("2026-11-24T10:00:00Z"),
                Instant.parse("2026-11-24T11:00:00Z"),
                "No-go: a new window is asked for");

        var gate = Gate.of(release(Phase.RELEASE_WINDOW, null, false), List.of(wait), false, List.of());

        assertThat(gate.reasons())
                .containsExactly("Waits for alice: Decide go or no-go, due Tue 24 Nov 2026 11:00 UTC."
                        + " If nobody acts: No-go: a new window is asked for.");
    }

    private static Release release(Phase phase, Outcome outcome, boolean traffic) {
        return SampleRelease.of("checkout", "1.5.0")
                .in(phase)
                .ended(outcome)
                .firstTrafficAt(traffic ? Instant.EPOCH : null)
                .release();
    }
}
