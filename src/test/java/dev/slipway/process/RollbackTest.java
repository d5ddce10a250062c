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
    void the_old_version_counts_as_restored_once_it_has_been_well_for_as_long_as_its_service_demands() {
        opened(requestFor("search").goingBackBy("Give 1.0.0 all traffic"));
        confirmReadiness();
        approve();
        toldEverybody();
        sayGo();
        breach();
        assertThat(deployer.weight()).isZero();

        isIn(Phase.ROLLBACK);
        wait(Duration.ofSeconds(40));
        source.says("errors of 1.0.0", 0.2);
        wait(Duration.ofSeconds(10));
        source.says("errors of 1.0.0", 0.001);
        wait(Duration.ofSeconds(55));
        assertThat(passed("recovery-proved")).as("well for less than a minute").isFalse();
        wait(Duration.ofSeconds(15));

        assertThat(passed("recovery-proved")).isTrue();
        isIn(Phase.FINAL_STATUS);
        assertThat(told())
                .containsSubsequence(
                        "The metrics of the old version are inside their limits.",
                        "The metrics of the old version are not inside their limits yet.",
                        "The metrics of the old version are inside their limits.");
    }

    @Test
    void what_was_rolled_out_last_is_undone_first_and_what_was_not_touched_is_left_alone() {
        inSecondWave();
        breach();

        var key = release + ":part:";
        assertThat(deployer.orders())
                .endsWith(
                        key + "worker@us-east:rollback:1",
                        key + "web@eu-west:rollback:1",
                        key + "worker@eu-west:rollback:1")
                .doesNotContain(key + "web@us-east:rollback:1");
        assertThat(told())
                .containsSubsequence(
                        "worker in us-east: All traffic is back on fleet 1.0.0.",
                        "web in eu-west: All traffic is back on fleet 1.0.0.",
                        "worker in eu-west: All traffic is back on fleet 1.0.0.");
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void where_half_of_the_parts_came_back_people_see_which_and_only_the_others_are_tried_again() {
        inSecondWave();
        deployer.answersIn("web@eu-west", "rollback", new Deployer.Answer.Failed("frozen"));
        breach();

        assertThat(openTasks()).containsExactly("take-over-rollback");
        assertThat(briefing("take-over-rollback"))
                .contains("frozen")
                .contains("- worker in eu-west: 100 % of traffic to 1.1.0")
                .contains("- web in eu-west: all traffic back on 1.0.0: failed")
                .contains("- worker in us-east: all traffic back on 1.0.0\n")
                .contains("- web in us-east: nothing was ordered");
        assertThat(deployer.weightIn("worker@eu-west"))
                .as("not taken from under web")
                .isEqualTo(100);
        deployer.answersIn("web@eu-west", "rollback", new Deployer.Answer.Pending("queued"));
        answer("take-over-rollback", "rita", Map.of("takeOverDecision", "retry", "takeOverNote", "Unfrozen"));
        var key = release + ":part:";
        assertThat(deployer.orders())
                .endsWith(key + "web@eu-west:rollback:2")
                .doesNotContain(key + "worker@us-east:rollback:2", key + "worker@eu-west:rollback:2");
        assertThat(told()).contains("worker in us-east: All traffic is back on fleet 1.0.0; it was already.");
        report(key + "web@eu-west:rollback:2", "SUCCEEDED");

        assertThat(deployer.orders()).endsWith(key + "worker@eu-west:rollback:2");
        isIn(Phase.ROLLBACK);
        assertThat(told())
                .contains("web in eu-west: fleet 1.1.0 still has 100 % of traffic, says test.")
                .contains("worker in us-east: fleet 1.0.0 serves alone, says test.");
    }

    /** Worker and web have all traffic in the first wave, and the worker in the second. */
    private void inSecondWave() {
        readyIn("fleet");
        sayGo();
        watch(Duration.ofSeconds(30));
        watch(Duration.ofMinutes(2));
        assertThat(deployer.weightIn("worker@us-east")).isEqualTo(100);
    }

    @Test
    void the_message_alone_starts_the_way_back_also_from_the_engines_own_api() {
        baking();
        runtime.createMessageCorrelation("RollbackRequested")
                .processInstanceBusinessKey(release.toString())
                .correlateAll();
        runDueJobs();
        assertThat(deployer.weight()).isZero();
        isIn(Phase.FINAL_STATUS);

        nothing_is_left();
        everything_outside_is_fine();
        baking();
        runtime.createMessageCorrelation("RollbackRequested")
                .processInstanceBusinessKey(release.toString())
                .setVariable("exitReason", "Customers call.")
                .correlateAll();
        runDueJobs();
        assertThat(deployer.weight()).isZero();
        assertThat(tasks.getVariable(task("confirm-final-status").getId(), "finalStatus"))
                .asString()
                .contains("Customers call.");
    }

    @Test
    void release_managers_are_called_every_few_minutes_until_somebody_takes_over() {
        baking();
        deployer.answers("rollback", new Deployer.Answer.Failed("frozen"));
        breach();
        assertThat(calls()).isZero();

        wait(Duration.ofMinutes(16));

        assertThat(calls()).isEqualTo(3);
        assertThat(passed("called-out")).isTrue();
        answer("take-over-rollback", "rita", Map.of("takeOverDecision", "restored", "takeOverNote", "Did it by hand"));
        wait(Duration.ofMinutes(16));
        assertThat(calls()).isEqualTo(3);
    }

    private long calls() {
        return told().stream()
                .filter(what -> what.contains("is not rolled back: somebody has to take over"))
                .count();
    }

    @Test
    void manual_steps_are_done_in_order_before_the_proof() {
        opened(request().manualSteps(manual("Restore the old index"), manual("Tell support")));
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
        opened(request().manualSteps(manual("Restore the old index")));
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

    @Test
    void past_the_point_of_no_return_the_authority_rolls_forward_and_follow_up_is_required() {
        baking();
        isPastReturnOnceDeployed("V12 drops the column price.");
        breach();

        assertThat(openTasks()).containsExactly("roll-forward");
        assertThat(briefing("roll-forward"))
                .contains("V12 drops the column price.", "error-rate 9 %", "Nothing is given back by itself")
                .contains("What may help meanwhile", "Switch pay by invoice off")
                .contains("Give 1.0.0 all traffic");
        assertThat(tasks.getIdentityLinksForTask(task("roll-forward").getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("release-authority");
        assertThat(told()).contains("checkout 1.1.0 is in trouble and can't be rolled back: the way is forward");
        refused("roll-forward", "adam", Map.of("rollForwardDecision", "fixed"))
                .hasMessageContaining("rollForwardReason");
        answer("roll-forward", "adam", Map.of("rollForwardDecision", "fixed", "rollForwardReason", "1.1.1 mends it"));

        assertThat(deployer.weight()).isEqualTo(10);
        assertThat(deployer.orders()).doesNotContain(release + ":rollback:1");
        isIn(Phase.FINAL_STATUS);
        assertThat(tasks.getVariable(task("confirm-final-status").getId(), "finalStatus"))
                .asString()
                .contains("needs follow-up. error-rate 9 %. There was no way back: V12 drops the column price."
                        + " The way was forward. 1.1.1 mends it.");
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Mended by 1.1.1."));
        assertThat(briefing("answer-review")).contains("There was no way back: the release was rolled forward");
        answer("answer-review", "erin", PostReleaseReviewTest.answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Drop columns later"));
        endsAt("follow-up-required", Outcome.FOLLOW_UP_REQUIRED);
    }

    @Test
    void what_is_restored_by_hand_past_the_point_of_no_return_needs_follow_up_all_the_same() {
        baking();
        isPastReturnOnceDeployed("V12 drops the column price.");
        breach();
        answer(
                "roll-forward",
                "adam",
                Map.of("rollForwardDecision", "restored", "rollForwardReason", "From the dump."));

        assertThat(tasks.getVariable(task("confirm-final-status").getId(), "finalStatus"))
                .asString()
                .contains("The old state was restored by hand all the same. From the dump.");
        assertThat(tasks.getVariable(task("confirm-final-status").getId(), "outcome"))
                .isEqualTo("FOLLOW_UP_REQUIRED");
    }

    @Test
    void silence_past_the_point_of_no_return_calls_in_the_managers_and_then_counts_as_given_up() {
        baking();
        isPastReturnOnceDeployed("V12 drops the column price.");
        breach();
        wait(Duration.ofMinutes(31));
        assertThat(openTasks()).containsExactly("chase-later-task", "roll-forward");
        wait(Duration.ofHours(4));

        isIn(Phase.FINAL_STATUS);
        assertThat(passed("not-rolled-forward")).isTrue();
        assertThat(deployer.weight()).isEqualTo(10);
    }

    @Test
    void before_the_version_is_deployed_nothing_is_migrated_and_the_ordinary_way_applies() {
        ready();
        isPastReturnOnceDeployed("V12 drops the column price.");
        deployer.answers("deploy", new Deployer.Answer.Failed("no such image"));
        sayGo();

        assertThat(passed("roll-forward")).isFalse();
        assertThat(passed("old-version-restored")).isTrue();
    }

    @Test
    void a_rehearsal_goes_the_way_back_on_the_target_and_is_kept_as_evidence() {
        source.isSilentAbout("errors of 1.0.0");
        rehearse("ledger");
        assertThat(openTasks()).contains("carry-out-manual-step");
        assertThat(briefing("carry-out-manual-step"))
                .contains("Step 1 of 1: restart the posting workers")
                .contains("This is a rehearsal: not in production.");
        wait(Duration.ofSeconds(42));
        answer("carry-out-manual-step", "dora", Map.of("manualStepDone", true));

        assertThat(rehearsalOutcome()).isEqualTo("PASSED");
        assertThat(evidence()).contains("PRE-4 PASSED Rehearsed on staging in 42 s, 1 manual step, proved.");
        assertThat(jdbc.queryForList("select target, seconds, outcome from rehearsal"))
                .singleElement()
                .satisfies(row -> assertThat(row.values()).containsExactly("staging", 42L, "PASSED"));
        var key = release + ":rehearsal:" + rehearsal + ":";
        assertThat(deployer.orders()).containsExactly(key + "deploy", key + "shift", key + "rollback:1");
        onlyTheTargetWasTouched();
    }

    @Test
    void a_target_whose_deployer_answers_later_is_waited_for() {
        deployer.answers("deploy", new Deployer.Answer.Pending("queued"));
        deployer.answers("shift", new Deployer.Answer.Pending("queued"));
        rehearse("ledger");
        var key = release + ":rehearsal:" + rehearsal + ":";
        report(key + "deploy", "SUCCEEDED");
        assertThat(deployer.orders()).containsExactly(key + "deploy", key + "shift");
        report(key + "shift", "SUCCEEDED");

        assertThat(openTasks()).contains("carry-out-manual-step");
        onlyTheTargetWasTouched();
    }

    @Test
    void a_reminder_in_a_rehearsal_says_that_it_is_one() {
        rehearse("ledger");
        wait(Duration.ofMinutes(8));

        assertThat(told()).anyMatch(what -> what.startsWith("Rehearsal. Reminder for"));
    }

    @Test
    void a_target_that_refuses_or_is_silent_or_missing_is_a_failed_rehearsal() {
        deployer.answers("deploy", new Deployer.Answer.Failed("no such image"));
        rehearse("ledger");
        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(evidence())
                .contains(
                        "PRE-4 FAILED The rehearsal on staging failed after 0 s: Set-up refused: test refused: no such image");

        deployer.answers("deploy", new Deployer.Answer.Pending("queued"));
        rehearse("ledger");
        wait(Duration.ofMinutes(30));
        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(evidence()).anyMatch(what -> what.endsWith("Not set up in time."));

        rehearse("checkout");
        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(evidence()).anyMatch(what -> what.contains("checkout names no place for a rehearsal"));
        onlyTheTargetWasTouched();
    }

    @Test
    void a_way_back_that_fails_on_the_target_ends_the_rehearsal_and_touches_nothing_else() {
        deployer.answers("rollback", new Deployer.Answer.Failed("frozen"));
        rehearse("ledger");

        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(openTasks()).doesNotContain("take-over-rollback");
        assertThat(evidence())
                .contains(
                        "PRE-4 FAILED The rehearsal on staging failed after 0 s: Rollback refused: test refused: frozen");
        onlyTheTargetWasTouched();
    }

    @Test
    void a_rehearsal_in_which_nobody_does_the_manual_step_or_the_target_is_not_restored_has_failed() {
        rehearse("ledger");
        wait(Duration.ofHours(1));
        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(evidence()).anyMatch(what -> what.endsWith("Steps overdue."));

        rehearse("ledger");
        deployer.says(new Deployer.State.Serving(50));
        answer("carry-out-manual-step", "dora", Map.of("manualStepDone", true));
        wait(Duration.ofMinutes(10));
        assertThat(rehearsalOutcome()).isEqualTo("FAILED");
        assertThat(evidence()).anyMatch(what -> what.endsWith("Not recovered in time."));
        onlyTheTargetWasTouched();
    }

    /** The rehearsal that the test is about. */
    private String rehearsal;

    private void rehearse(String service) {
        opened(requestFor(service));
        rehearsal = runtime.startProcessInstanceByKey(
                        "rollback",
                        release.toString(),
                        Map.of(
                                "releaseId",
                                release.toString(),
                                "releaseName",
                                theRelease().name(),
                                "owner",
                                "erin",
                                "rehearsal",
                                true))
                .getId();
        runDueJobs();
    }

    /** The rehearsal is over, and not by an error. */
    private Object rehearsalOutcome() {
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceId(rehearsal)
                        .count())
                .isZero();
        return history.createHistoricVariableInstanceQuery()
                .processInstanceId(rehearsal)
                .variableName("rehearsalOutcome")
                .singleResult()
                .getValue();
    }

    private void onlyTheTargetWasTouched() {
        assertThat(deployer.given()).allSatisfy(order -> {
            assertThat(order.target()).isEqualTo("staging");
            assertThat(order.settings().required("place")).isEqualTo("staging");
        });
        assertThat(deployer.weight()).isZero();
        isIn(Phase.PRE_RELEASE);
        assertThat(theRelease().hasTraffic()).isFalse();
        assertThat(theRelease().outcome()).isNull();
        assertThat(told()).noneMatch(what -> what.contains("is being rolled back"));
    }

    private List<String> evidence() {
        return jdbc.queryForList(
                "select requirement || ' ' || outcome || ' ' || summary from evidence where release_number = ?",
                String.class,
                release.number());
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
