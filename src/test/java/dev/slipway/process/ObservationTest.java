package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Diagram <em>Observation</em>. */
class ObservationTest extends DiagramTest {

    @BeforeEach
    void all_traffic_has_moved() {
        observed();
        isIn(Phase.OBSERVATION);
    }

    @Test
    void success_is_declared_only_after_the_period() {
        watch(Duration.ofMinutes(9));
        isIn(Phase.OBSERVATION);
        assertThat(flow.waitingFor(release)).anyMatch(wait -> wait.owner().equals("clock"));
        watch(Duration.ofMinutes(1));

        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void a_breach_hauls_the_release_back_without_anyone() {
        watch(Duration.ofMinutes(2));
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));

        assertThat(deployer.weight()).isZero();
        assertThat(passed("breached")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_breach_that_only_the_judgement_at_the_end_sees_fails_the_period() {
        watch(Duration.ofSeconds(580));
        source.says("errors of 1.1.0", 0.2);
        watcher.lookNow();
        wait(Duration.ofSeconds(20));

        assertThat(passed("observation-failed")).isTrue();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_source_that_is_down_is_inconclusive_and_accepted_by_the_authority() {
        source.isDown("errors of 1.1.0");
        watch(Duration.ofMinutes(10));
        assertThat(openTasks()).containsExactly("decide-inconclusive-verdict");
        assertThat(told()).anyMatch(what -> what.contains("the metrics can't tell, a decision is needed"));
        answer(
                "decide-inconclusive-verdict",
                "adam",
                Map.of("verdictDecision", "accept", "verdictReason", "Dashboards are fine"));

        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void the_authority_is_told_how_the_metric_went_and_where_to_see_it() {
        watch(Duration.ofMinutes(5));
        source.isDown("errors of 1.1.0");
        watch(Duration.ofMinutes(5));

        assertThat(timeline.of(release))
                .filteredOn(entry -> entry.what().contains("the metrics can't tell"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.evidence())
                        .contains("▁", "·", ", last ", "/releases/" + release, "the release is rolled back"));
    }

    @Test
    void the_authority_may_extend_the_period() {
        source.isSilentAbout("errors of 1.1.0");
        watch(Duration.ofMinutes(10));
        answer(
                "decide-inconclusive-verdict",
                "adam",
                Map.of("verdictDecision", "extend", "verdictReason", "Wait for traffic"));
        isIn(Phase.OBSERVATION);
        source.says("errors of 1.1.0", 0.0);
        watch(Duration.ofMinutes(10));

        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void a_doubt_that_time_may_settle_extends_the_period_once_before_anyone_is_asked() {
        watch(Duration.ofSeconds(580));
        source.says("errors of 1.1.0", 0.2);
        wait(Duration.ofSeconds(20));
        isIn(Phase.OBSERVATION);
        assertThat(openTasks()).isEmpty();
        source.says("errors of 1.1.0", 0.0);
        watch(Duration.ofMinutes(10));

        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void a_doubt_that_stays_is_put_to_the_authority() {
        watch(Duration.ofSeconds(580));
        source.says("errors of 1.1.0", 0.2);
        wait(Duration.ofSeconds(20));
        source.says("errors of 1.1.0", 0.0);
        watch(Duration.ofSeconds(580));
        source.says("errors of 1.1.0", 0.2);
        wait(Duration.ofSeconds(20));

        assertThat(openTasks()).containsExactly("decide-inconclusive-verdict");
    }

    @Test
    void the_authority_may_roll_back() {
        source.isDown("errors of 1.1.0");
        watch(Duration.ofMinutes(10));
        answer(
                "decide-inconclusive-verdict",
                "adam",
                Map.of("verdictDecision", "roll-back", "verdictReason", "No risk"));

        isIn(Phase.FINAL_STATUS);
        assertThat(deployer.weight()).isZero();
    }

    @Test
    void watching_goes_on_while_the_authority_is_waited_for() {
        source.isDown("errors of 1.1.0");
        watch(Duration.ofMinutes(10));
        assertThat(openTasks()).contains("decide-inconclusive-verdict");
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));

        assertThat(openTasks()).doesNotContain("decide-inconclusive-verdict");
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void nobody_decides_and_the_release_is_rolled_back() {
        source.isDown("errors of 1.1.0");
        watch(Duration.ofMinutes(10));
        wait(Duration.ofMinutes(16));
        assertThat(openTasks()).contains("chase-overdue-task");
        wait(Duration.ofMinutes(15));

        isIn(Phase.FINAL_STATUS);
        assertThat(deployer.weight()).isZero();
    }

    @Test
    void a_critical_report_stops_the_release_at_once() {
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, true);

        isIn(Phase.FINAL_STATUS);
        assertThat(passed("signal-stops")).isTrue();
    }

    @Test
    void an_alert_is_weighed_and_dismissed() {
        signal(ReleaseFlow.Event.ALERT_FIRED, false);
        assertThat(briefing("weigh-signal-in-observation")).contains("Checkout is slow");
        answer(
                "weigh-signal-in-observation",
                "adam",
                Map.of("signalDecision", "harmless", "signalReason", "Load test"));
        watch(Duration.ofMinutes(10));

        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void a_report_is_weighed_and_rolls_back() {
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, false);
        answer("weigh-signal-in-observation", "adam", Map.of("signalDecision", "roll-back", "signalReason", "Real"));

        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void a_report_that_nobody_weighs_rolls_back() {
        signal(ReleaseFlow.Event.PROBLEM_REPORTED, false);
        wait(Duration.ofMinutes(20));

        isIn(Phase.FINAL_STATUS);
    }

    private void signal(ReleaseFlow.Event event, boolean stops) {
        assertThat(flow.tell(release, event, Map.of("signalText", "Checkout is slow", "signalStops", stops)))
                .isTrue();
        runDueJobs();
    }
}
