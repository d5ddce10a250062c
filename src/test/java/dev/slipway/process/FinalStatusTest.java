package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Diagram <em>Final status</em>. */
class FinalStatusTest extends DiagramTest {

    @Test
    void a_low_risk_success_is_shared_without_asking_anyone() {
        observed();
        watch(Duration.ofMinutes(10));

        endsAt("released", Outcome.SUCCESSFUL);
        assertThat(told()).contains("checkout 1.1.0 was successful");
    }

    @Test
    void a_rollback_is_confirmed_by_the_owner_first() {
        baking();
        breach();
        isIn(Phase.FINAL_STATUS);
        assertThat((String) tasks.getVariable(task("confirm-final-status").getId(), "finalStatus"))
                .contains("checkout 1.1.0 was rolled back")
                .contains("1.0.0 serves all traffic again");
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back: too many errors."));

        assertThat(told()).contains("checkout 1.1.0 was rolled back");
        isIn(Phase.REVIEW);
    }

    @Test
    void nobody_confirms_and_the_draft_is_shared() {
        baking();
        breach();
        wait(Duration.ofHours(5));
        assertThat(openTasks()).contains("chase-later-task");
        wait(Duration.ofDays(1));

        isIn(Phase.REVIEW);
        assertThat(theRelease().outcome()).isEqualTo(Outcome.ROLLED_BACK);
    }

    private void breach() {
        flow.tell(release, dev.slipway.release.ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", "errors"));
        runDueJobs();
    }
}
