package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.window.Deployer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.Test;

/** Diagram <em>Rollback</em>. */
class RollbackTest extends DiagramTest {

    @Test
    void the_old_version_gets_all_traffic_and_recovery_is_proved() {
        baking();
        assertThat(deployer.weight()).isEqualTo(10);
        breach();

        assertThat(deployer.weight()).isZero();
        assertThat(deployer.orders()).contains(release + ":rollback:1");
        assertThat(told()).contains("checkout 1.1.0 is being rolled back");
        assertThat(passed("recovery-proved")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void manual_steps_are_done_in_order_before_the_proof() {
        opened(request(false, List.of(manual("Restore the old index"), manual("Tell support"))));
        confirmReadiness();
        approve();
        toldEverybody();
        sayGo();
        breach();

        assertThat(openTasks()).containsExactly("carry-out-manual-step");
        assertThat(briefing("carry-out-manual-step"))
                .contains("Step 1 of 2: Restore the old index")
                .contains("Who: olga", "Expected: 5 min", "Done when: it is seen to be done");
        assertThat(task("carry-out-manual-step").getDueDate().toInstant()).isEqualTo(now().plus(Duration.ofMinutes(5)));
        assertThat(tasks.getIdentityLinksForTask(task("carry-out-manual-step").getId()))
                .extracting(IdentityLink::getUserId)
                .contains("olga", "erin");
        answer("carry-out-manual-step", "olga", Map.of("manualStepDone", true));
        assertThat(briefing("carry-out-manual-step")).contains("Step 2 of 2: Tell support");
        answer("carry-out-manual-step", "olga", Map.of("manualStepDone", true));

        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void manual_steps_that_nobody_does_are_taken_over() {
        opened(request(false, List.of(manual("Restore the old index"))));
        confirmReadiness();
        approve();
        toldEverybody();
        sayGo();
        breach();
        wait(Duration.ofMinutes(11));
        assertThat(openTasks()).contains("chase-later-task");
        wait(Duration.ofHours(1));
        assertThat(openTasks()).contains("take-over-rollback");
        answer("take-over-rollback", "rita", Map.of("takeOverDecision", "restored", "takeOverNote", "Did it by hand"));

        isIn(Phase.FINAL_STATUS);
        assertThat(passed("old-version-restored")).isTrue();
    }

    @Test
    void a_deployer_that_answers_later_is_waited_for() {
        baking();
        deployer.answers("rollback", new Deployer.Answer.Pending("queued"));
        breach();
        assertThat(flow.waitingFor(release)).anyMatch(wait -> wait.owner().equals("deployer"));
        deployer.says(new Deployer.State.Serving(0));
        report(release + ":rollback:1", "SUCCEEDED");

        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_deployer_that_refuses_is_taken_over_and_tried_again_under_a_new_key() {
        baking();
        deployer.answers("rollback", new Deployer.Answer.Failed("frozen"));
        breach();
        assertThat(openTasks()).containsExactly("take-over-rollback");
        assertThat(briefing("take-over-rollback")).contains("frozen");
        deployer.answers("rollback", new Deployer.Answer.Done("done"));
        answer("take-over-rollback", "rita", Map.of("takeOverDecision", "retry", "takeOverNote", "Unfrozen"));

        assertThat(deployer.orders()).contains(release + ":rollback:1", release + ":rollback:2");
        assertThat(deployer.orders().get(deployer.orders().size() - 1)).isEqualTo(release + ":rollback:2");
    }

    @Test
    void a_deployer_that_is_down_is_taken_over_in_time() {
        baking();
        deployer.answers("rollback", new Deployer.Answer.Pending("queued"));
        breach();
        wait(Duration.ofMinutes(5));

        assertThat(openTasks()).contains("take-over-rollback");
    }

    @Test
    void an_old_version_that_does_not_recover_is_looked_at_again_and_then_taken_over() {
        baking();
        source.says("errors of 1.0.0", 0.2);
        breach();
        isIn(Phase.ROLLBACK);
        wait(Duration.ofMinutes(10));
        assertThat(passed("look-again-later")).isTrue();
        assertThat(openTasks()).contains("take-over-rollback");
        answer(
                "take-over-rollback",
                "rita",
                Map.of("takeOverDecision", "given-up", "takeOverNote", "The database is gone"));

        answer("confirm-final-status", "erin", Map.of("finalStatus", "Not restored."));
        answer("answer-review", "erin", PostReleaseReviewTest.answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Back up first"));
        endsAt("follow-up-required", Outcome.FOLLOW_UP_REQUIRED);
    }

    @Test
    void no_data_is_no_recovery() {
        baking();
        source.isSilentAbout("errors of 1.0.0");
        breach();
        isIn(Phase.ROLLBACK);
        source.says("errors of 1.0.0", 0.0);
        wait(Duration.ofSeconds(10));

        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void nobody_takes_over() {
        baking();
        deployer.answers("rollback", new Deployer.Answer.Failed("frozen"));
        breach();
        wait(Duration.ofHours(5));

        isIn(Phase.FINAL_STATUS);
        assertThat(passed("rollback-failed")).isTrue();
    }

    private void breach() {
        flow.tell(release, ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", "error-rate 9 %"));
        runDueJobs();
    }

    private void report(String key, String state) {
        assertThat(flow.tell(
                        release,
                        ReleaseFlow.Event.DEPLOYMENT_REPORTED,
                        Map.of("deploymentKey", key, "deploymentState", state, "deploymentMessage", "said so")))
                .isTrue();
        runDueJobs();
    }
}
