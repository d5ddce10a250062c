package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Holds;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.window.Deployer;
import dev.slipway.window.Gate;
import dev.slipway.window.Gates;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagram <em>Release window</em>. */
class ReleaseWindowTest extends DiagramTest {

    @Autowired
    Holds holds;

    @Autowired
    Gates gates;

    @Test
    void the_token_waits_until_the_booked_window_opens() {
        opened(request().window(Instant.parse("2026-11-26T09:00:00Z"), null));
        confirmReadiness();
        approve();
        toldEverybody();
        isIn(Phase.AWAITING_WINDOW);
        assertThat(flow.waitingFor(release))
                .anyMatch(wait -> wait.task().equals("Window opens soon")
                        && Instant.parse("2026-11-26T07:00:00Z").equals(wait.due()));
        wait(Duration.ofHours(46));
        assertThat(flow.waitingFor(release))
                .anyMatch(wait -> wait.task().equals("Window opens")
                        && Instant.parse("2026-11-26T09:00:00Z").equals(wait.due()));
        isIn(Phase.AWAITING_WINDOW);
        wait(Duration.ofHours(2));

        isIn(Phase.RELEASE_WINDOW);
        assertThat(openTasks()).contains("decide-go");
    }

    @Test
    void go_begins_the_rollout_and_the_steps_pass_one_by_one() {
        ready();
        assertThat(briefing("decide-go")).contains("error-rate");
        sayGo();
        assertThat(deployer.weight()).isEqualTo(10);
        stepPasses();
        assertThat(deployer.weight()).isEqualTo(50);
        stepPasses();
        assertThat(deployer.weight()).isEqualTo(100);
        stepPasses();

        isIn(Phase.OBSERVATION);
        assertThat(deployer.orders())
                .containsExactly(release + ":deploy", release + ":shift:0", release + ":shift:1", release + ":shift:2");
    }

    @Test
    void components_follow_each_other_in_their_order_and_waves_after_waves() {
        readyIn("fleet");
        sayGo();
        var key = release + ":part:";
        assertThat(told())
                .contains("Rollout of fleet 1.1.0 begins: worker in eu-west: 100 %; web in eu-west: 20 %, then 100 %;"
                        + " worker in us-east: 100 %; web in us-east: 20 %, then 100 %.");
        assertThat(deployer.orders()).containsExactly(key + "worker@eu-west:deploy", key + "worker@eu-west:shift:0");
        assertThat(deployer.given().get(0).settings().values())
                .containsEntry("unit", "worker")
                .containsEntry("cluster", "eu-west");
        passes(Duration.ofSeconds(30));
        assertThat(deployer.weightIn("web@eu-west")).isEqualTo(20);
        holds.hold(release, "Look at the logs", "erin");
        passes(Duration.ofMinutes(1));
        assertThat(openTasks()).containsExactly("hold-rollout");
        holds.resume(release, "Fine", "erin");
        runDueJobs();
        assertThat(deployer.weightIn("web@eu-west")).isEqualTo(100);
        assertThat(deployer.weightIn("worker@us-east")).isZero();
        passes(Duration.ofMinutes(1));
        passes(Duration.ofSeconds(30));
        passes(Duration.ofMinutes(1));
        passes(Duration.ofMinutes(1));

        isIn(Phase.OBSERVATION);
        assertThat(deployer.orders())
                .containsExactly(
                        key + "worker@eu-west:deploy",
                        key + "worker@eu-west:shift:0",
                        key + "web@eu-west:deploy",
                        key + "web@eu-west:shift:1",
                        key + "web@eu-west:shift:2",
                        key + "worker@us-east:deploy",
                        key + "worker@us-east:shift:3",
                        key + "web@us-east:deploy",
                        key + "web@us-east:shift:4",
                        key + "web@us-east:shift:5");
    }

    @Test
    void a_part_whose_deployer_does_not_report_ends_the_rollout_of_all() {
        readyIn("fleet");
        deployer.answersIn("web@eu-west", "deploy", new Deployer.Answer.Pending("queued"));
        sayGo();
        passes(Duration.ofSeconds(30));
        assertThat(flow.waitingFor(release)).anyMatch(wait -> wait.owner().equals("deployer"));
        wait(Duration.ofMinutes(10));

        assertThat(told()).contains("web in eu-west: The deployer test did not report within PT10M.");
        assertThat(deployer.orders())
                .endsWith(release + ":part:web@eu-west:rollback:1", release + ":part:worker@eu-west:rollback:1");
    }

    private void passes(Duration bake) {
        watch(bake.plusSeconds(1));
    }

    @Test
    void a_hold_stops_before_the_next_step_and_a_person_lets_it_go_on() {
        baking();
        holds.hold(release, "Support is short of people.", "erin");
        assertThat(openTasks()).as("the step under way bakes on").isEmpty();
        stepPasses();

        assertThat(openTasks()).containsExactly("hold-rollout");
        assertThat(briefing("hold-rollout")).contains("erin: Support is short of people.");
        assertThat(deployer.weight()).isEqualTo(10);
        assertThat(gates.of(release).decision()).isEqualTo(Gate.Decision.WAIT);
        assertThat(gates.of(release).reasons())
                .containsExactly("checkout 1.1.0 is on hold. erin: Support is short of people.");
        assertThatThrownBy(() -> holds.hold(release, "Again", "erin")).isInstanceOf(Refusal.Conflict.class);
        watch(Duration.ofMinutes(5));
        answer("hold-rollout", "adam", Map.of("holdDecision", "resume", "holdNote", "Everybody is back."));

        assertThat(deployer.weight()).isEqualTo(50);
        assertThat(holds.current(release)).isEmpty();
        assertThat(told())
                .contains("Put on hold before its next step: Support is short of people.")
                .contains("No longer on hold: Everybody is back.");
    }

    @Test
    void a_hold_is_lifted_before_it_took_effect_or_while_it_waits() {
        baking();
        holds.hold(release, "Look at the logs", "erin");
        holds.resume(release, "All fine", "erin");
        stepPasses();
        assertThat(deployer.weight()).isEqualTo(50);
        holds.hold(release, "Look again", "erin");
        stepPasses();
        assertThat(openTasks()).containsExactly("hold-rollout");

        holds.resume(release, "Still fine", "erin");
        runDueJobs();

        assertThat(deployer.weight()).isEqualTo(100);
        assertThatThrownBy(() -> holds.resume(release, "Once more", "erin")).isInstanceOf(Refusal.Conflict.class);
    }

    @Test
    void a_rollout_on_hold_is_watched_and_given_up_by_word_by_breach_or_by_time() {
        heldAtTen();
        answer("hold-rollout", "adam", Map.of("holdDecision", "roll-back", "holdNote", "Not this week."));
        assertThat(deployer.weight()).isZero();
        assertThat(told()).anyMatch(what -> what.contains("Not this week."));
        isIn(Phase.FINAL_STATUS);

        nothing_is_left();
        everything_outside_is_fine();
        heldAtTen();
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));
        assertThat(deployer.weight()).as("a breach while on hold").isZero();

        nothing_is_left();
        everything_outside_is_fine();
        heldAtTen();
        wait(Duration.ofHours(25));
        assertThat(deployer.weight()).as("held for a day").isZero();
    }

    private void heldAtTen() {
        baking();
        holds.hold(release, "Look at the logs", "erin");
        stepPasses();
        assertThat(openTasks()).containsExactly("hold-rollout");
    }

    @Test
    void a_window_that_is_over_is_booked_anew() {
        opened(request().window(Instant.parse("2026-11-24T11:00:00Z"), Instant.parse("2026-11-24T12:00:00Z")));
        wait(Duration.ofHours(5));
        confirmReadiness();
        approve();
        toldEverybody();
        assertThat(openTasks()).contains("plan-window");
        refused(
                "plan-window",
                "erin",
                Map.of(
                        "windowDecision",
                        "new",
                        "windowStart",
                        "2020-01-01T09:00:00Z",
                        "windowEnd",
                        "2020-01-01T10:00:00Z"));
        answer(
                "plan-window",
                "erin",
                Map.of(
                        "windowDecision",
                        "new",
                        "windowStart",
                        "2026-11-25T09:00:00Z",
                        "windowEnd",
                        "2026-11-25T17:00:00Z"));
        isIn(Phase.AWAITING_WINDOW);
        wait(Duration.ofHours(19));

        assertThat(openTasks()).contains("decide-go");
    }

    @Test
    void a_free_slot_is_picked_by_its_number_in_place_of_a_time() {
        ready();
        answer("decide-go", "erin", Map.of("goDecision", "no-go", "goReason", "Too late today"));
        assertThat(briefing("plan-window")).contains("| Slot | Window begins |", "| 1 | ");
        refused("plan-window", "erin", Map.of("windowDecision", "new"));
        refused("plan-window", "erin", Map.of("windowDecision", "new", "windowSlot", 6));
        answer("plan-window", "erin", Map.of("windowDecision", "new", "windowSlot", 2));

        isIn(Phase.AWAITING_WINDOW);
        assertThat(releases.get(release).windowStart()).isNotNull();
        assertThat(releases.get(release).windowEnd())
                .isAfter(releases.get(release).windowStart());
    }

    @Test
    void no_go_asks_for_a_new_window_and_the_owner_may_cancel() {
        ready();
        answer("decide-go", "erin", Map.of("goDecision", "no-go", "goReason", "Too late today"));
        assertThat(openTasks()).containsExactly("plan-window");
        answer("plan-window", "erin", Map.of("windowDecision", "cancel", "windowCancelReason", "Never mind"));

        endsAt("cancelled", Outcome.CANCELLED);
    }

    @Test
    void why_it_was_no_go_is_shown_once_and_not_of_the_next_window() {
        ready();
        answer("decide-go", "erin", Map.of("goDecision", "no-go", "goReason", "Too late today"));
        assertThat(briefing("plan-window")).contains("Too late today").contains("it was not a go");
        answer(
                "plan-window",
                "erin",
                Map.of(
                        "windowDecision", "new",
                        "windowStart", "2026-11-25T09:00:00Z",
                        "windowEnd", "2026-11-25T17:00:00Z"));
        wait(Duration.ofHours(24).plusMinutes(30));
        wait(Duration.ofHours(4));

        assertThat(briefing("plan-window")).doesNotContain("Too late today");
    }

    @Test
    void silence_at_go_is_no_go_and_silence_about_the_window_cancels() {
        ready();
        wait(Duration.ofHours(4));
        assertThat(openTasks()).contains("plan-window");
        wait(Duration.ofDays(8));

        endsAt("cancelled", Outcome.CANCELLED);
    }

    @Test
    void a_deployment_that_is_reported_later_is_waited_for() {
        ready();
        deployer.answers("deploy", new Deployer.Answer.Pending("building"));
        sayGo();
        assertThat(flow.waitingFor(release)).anyMatch(wait -> wait.owner().equals("deployer"));
        report(release + ":deploy", "SUCCEEDED");

        assertThat(deployer.weight()).isEqualTo(10);
    }

    @Test
    void a_report_for_another_order_is_not_taken() {
        ready();
        deployer.answers("deploy", new Deployer.Answer.Pending("building"));
        sayGo();

        assertThat(flow.tell(
                        release,
                        ReleaseFlow.Event.DEPLOYMENT_REPORTED,
                        Map.of(
                                "deploymentKey",
                                release + ":shift:0",
                                "deploymentState",
                                "SUCCEEDED",
                                "deploymentMessage",
                                "")))
                .isFalse();
    }

    @Test
    void a_deployment_that_fails_is_hauled_back_to_be_sure() {
        ready();
        deployer.answers("deploy", new Deployer.Answer.Failed("image not found"));
        sayGo();

        assertThat(passed("deployment-failed")).isTrue();
        isIn(Phase.FINAL_STATUS);
        assertThat(deployer.orders()).contains(release + ":rollback:1");
    }

    @Test
    void a_deployment_that_is_never_reported_fails() {
        ready();
        deployer.answers("deploy", new Deployer.Answer.Pending("building"));
        sayGo();
        wait(Duration.ofMinutes(10));

        assertThat(passed("deployment-report-missing")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_shift_that_is_reported_later_is_waited_for_and_may_fail() {
        ready();
        deployer.answers("shift", new Deployer.Answer.Pending("moving"));
        sayGo();
        report(release + ":shift:0", "SUCCEEDED");
        watch(Duration.ofMinutes(1));
        report(release + ":shift:1", "FAILED");

        assertThat(passed("shift-failed")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_shift_that_is_never_reported_fails() {
        ready();
        deployer.answers("shift", new Deployer.Answer.Pending("moving"));
        sayGo();
        wait(Duration.ofMinutes(10));

        assertThat(passed("shift-report-missing")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_breach_on_the_second_step_hauls_the_release_back() {
        baking();
        stepPasses();
        source.says("errors of 1.1.0", 0.09);
        watch(Duration.ofSeconds(30));

        assertThat(passed("breached")).isTrue();
        assertThat(deployer.weight()).isZero();
        assertThat(told()).anyMatch(what -> what.contains("error-rate"));
    }

    @Test
    void a_breach_that_only_the_judgement_at_the_end_of_a_step_sees_fails_the_step() {
        baking();
        watch(Duration.ofSeconds(40));
        source.says("errors of 1.1.0", 0.09);
        watcher.lookNow();
        wait(Duration.ofSeconds(20));

        assertThat(passed("step-failed")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_step_with_a_doubt_that_time_may_settle_bakes_once_more_by_itself() {
        baking();
        watch(Duration.ofSeconds(40));
        source.says("errors of 1.1.0", 0.09);
        wait(Duration.ofSeconds(20));
        assertThat(openTasks()).isEmpty();
        assertThat(deployer.weight()).isEqualTo(10);
        source.says("errors of 1.1.0", 0.0);
        stepPasses();

        assertThat(deployer.weight()).isEqualTo(50);
    }

    @Test
    void an_inconclusive_step_is_decided_by_the_authority() {
        baking();
        source.isDown("errors of 1.1.0");
        stepPasses();
        assertThat(openTasks()).containsExactly("decide-inconclusive-step");
        assertThat(briefing("decide-inconclusive-step")).contains("error-rate");
        tasks.setAssignee(task("decide-inconclusive-step").getId(), "adam");
        assertThat(flow.question(release, "decide-inconclusive-step", "adam").briefing())
                .as("what a link in a message shows")
                .contains("The last look at each metric:", "| error-rate |");
        answer("decide-inconclusive-step", "adam", Map.of("stepDecision", "bake", "stepReason", "Once more"));
        stepPasses();
        answer(
                "decide-inconclusive-step",
                "adam",
                Map.of("stepDecision", "go-on", "stepReason", "Dashboards are fine"));

        assertThat(deployer.weight()).isEqualTo(50);
    }

    @Test
    void an_inconclusive_step_is_rolled_back_by_the_authority_or_by_silence() {
        baking();
        source.isDown("errors of 1.1.0");
        stepPasses();
        answer("decide-inconclusive-step", "adam", Map.of("stepDecision", "roll-back", "stepReason", "No risk"));
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void silence_about_an_inconclusive_step_rolls_back() {
        baking();
        source.isDown("errors of 1.1.0");
        stepPasses();
        wait(Duration.ofMinutes(16));
        assertThat(openTasks()).contains("chase-overdue-task");
        wait(Duration.ofMinutes(15));

        assertThat(passed("step-overdue")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_signal_during_the_rollout_is_weighed() {
        baking();
        signal(ReleaseFlow.Event.ALERT_FIRED, false);
        answer("weigh-signal-in-rollout", "adam", Map.of("signalDecision", "harmless", "signalReason", "Load test"));
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, false);
        answer("weigh-signal-in-rollout", "adam", Map.of("signalDecision", "roll-back", "signalReason", "Real"));

        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_signal_that_nobody_weighs_or_that_is_critical_rolls_back() {
        baking();
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, false);
        wait(Duration.ofMinutes(20));
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_critical_signal_during_the_rollout_stops_at_once() {
        baking();
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, true);

        isIn(Phase.FINAL_STATUS);
    }

    private void signal(ReleaseFlow.Event event, boolean stops) {
        assertThat(flow.tell(release, event, Map.of("signalText", "Checkout is slow", "signalStops", stops)))
                .isTrue();
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
