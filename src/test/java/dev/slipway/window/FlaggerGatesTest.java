package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition.Rollout;
import dev.slipway.catalog.Settings;
import dev.slipway.release.Holds;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.window.FlaggerGates.Hook;
import dev.slipway.window.Gate.Decision;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Flagger leads: it asks before each step, and the orders of the release wait for what it says. */
@Import({FlaggerGates.class, FlaggerReports.class, FlaggerGatesTest.Adapter.class})
class FlaggerGatesTest extends WindowSlice {

    @TestConfiguration
    @ComponentScan("dev.slipway.window.flagger")
    static class Adapter {}

    @Autowired
    FlaggerGates gates;

    @Autowired
    Traffic traffic;

    @Autowired
    OutcomeFollower follower;

    @Autowired
    Holds holds;

    private Release release;

    @BeforeEach
    void a_release_that_flagger_rolls_out() {
        release = release("1.5.0");
        catalog.pinned.put(
                release.definitionId(),
                SampleService.called(service)
                        .with(new Rollout("flagger", strategy, steps, Duration.ofMinutes(30), "1.0.0", List.of()))
                        .with("flagger", new Settings(Map.of("namespace", "shop")))
                        .definition());
    }

    @Test
    void the_rollout_is_confirmed_when_somebody_has_said_go() {
        assertThat(asked(Hook.CONFIRM_ROLLOUT, "Waiting")).isEqualTo(Decision.WAIT);
        releases.enter(release.id(), Phase.RELEASE_WINDOW);
        assertThat(asked(Hook.CONFIRM_ROLLOUT, "Waiting")).isEqualTo(Decision.WAIT);

        go();

        assertThat(asked(Hook.CONFIRM_ROLLOUT, "Waiting")).isEqualTo(Decision.GO);
        assertThat(asked(Hook.CONFIRM_ROLLOUT, "Waiting")).isEqualTo(Decision.GO);
        assertThat(story()).containsOnlyOnce("Flagger may begin with " + release.name() + ".");
    }

    @Test
    void the_deployment_is_done_when_the_canary_is_ready() {
        go();
        var placed = traffic.deploy(release.id(), Aim.PRODUCTION);
        assertThat(placed.state()).isEqualTo(DeploymentState.PENDING);
        asked(Hook.CONFIRM_ROLLOUT, "Waiting");
        assertThat(reported(placed)).isNull();

        assertThat(asked(Hook.PRE_ROLLOUT, "Progressing")).isEqualTo(Decision.GO);

        assertThat(reported(placed)).isEqualTo("SUCCEEDED");
    }

    @Test
    void traffic_rises_step_by_step_as_it_is_ordered() {
        begun();
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.WAIT);

        var five = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
        assertThat(reported(five)).isNull();
        says("Advance " + service + ".shop canary weight 5", "Progressing");

        assertThat(reported(five)).isEqualTo("SUCCEEDED");
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.WAIT);
        assertThat(traffic.shift(release.id(), Aim.PRODUCTION, 0, 5).state()).isEqualTo(DeploymentState.SUCCEEDED);
        traffic.shift(release.id(), Aim.PRODUCTION, 1, 25);
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
    }

    @Test
    void steps_in_between_are_flaggers_own() {
        begun();
        var quarter = traffic.shift(release.id(), Aim.PRODUCTION, 0, 25);

        for (var weight : new int[] {10, 20}) {
            assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
            says("Advance " + service + ".shop canary weight " + weight, "Progressing");
            assertThat(reported(quarter)).isNull();
            clock.now = clock.now.plusSeconds(60);
        }
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
        says("Advance " + service + ".shop canary weight 25", "Progressing");

        assertThat(reported(quarter)).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_question_that_is_sent_again_gets_the_same_answer_and_a_later_one_waits_for_the_weight() {
        begun();
        var five = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
        clock.now = clock.now.plusSeconds(4);
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
        clock.now = clock.now.plusSeconds(10);

        var gate = gates.answer(Hook.CONFIRM_TRAFFIC_INCREASE, call("Progressing", "85d557f47b", null));

        assertThat(gate.decision()).isEqualTo(Decision.WAIT);
        assertThat(gate.reasons()).singleElement().asString().contains("has not said which weight it gives");
        // Nothing is reported: the order's time runs out in the diagram.
        assertThat(reported(five)).isNull();
    }

    @Test
    void an_event_that_comes_twice_counts_once() {
        begun();
        traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing");

        says("Advance " + service + ".shop canary weight 5", "Progressing");
        says("Advance " + service + ".shop canary weight 5", "Progressing");

        assertThat(story()).containsOnlyOnce("5 % of traffic, Flagger reports.");
    }

    @Test
    void on_hold_no_traffic_is_added() {
        begun();
        traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        holds.hold(release.id(), "the support desk is short of people", "erin");

        var gate = gates.answer(Hook.CONFIRM_TRAFFIC_INCREASE, call("Progressing", "85d557f47b", null));

        assertThat(gate.decision()).isEqualTo(Decision.WAIT);
        assertThat(gate.reasons()).singleElement().asString().contains("on hold");
    }

    @Test
    void a_weight_that_was_not_ordered_fails_the_order_that_waits() {
        begun();
        var five = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);

        says("Advance " + service + ".shop canary weight 50", "Progressing");

        assertThat(reported(five)).isEqualTo("FAILED");
        assertThat(story()).anyMatch(what -> what.contains("gives 50 %") && what.contains("5 % were ordered"));
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.NO_GO);
    }

    @Test
    void a_weight_that_comes_while_a_step_bakes_hauls_the_release_back() {
        begun();
        var five = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        says("Advance " + service + ".shop canary weight 5", "Progressing");
        assertThat(reported(five)).isEqualTo("SUCCEEDED");
        flow.waits = true;

        says("Advance " + service + ".shop canary weight 25", "Progressing");

        assertThat(flow.told.get(flow.told.size() - 1).get("exitReason"))
                .asString()
                .contains("25 %");
    }

    @Test
    void what_flagger_gave_up_while_a_step_bakes_is_told_until_it_is_heard() {
        begun();
        reported(traffic.shift(release.id(), Aim.PRODUCTION, 0, 5));
        says("Advance " + service + ".shop canary weight 5", "Progressing");
        round();
        flow.waits = false;

        assertThatThrownBy(() -> says("Canary failed! Scaling down " + service + ".shop", "Failed"))
                .isInstanceOf(IllegalStateException.class);
        flow.waits = true;
        says("Canary failed! Scaling down " + service + ".shop", "Failed");

        assertThat(flow.told.get(flow.told.size() - 1).get("exitReason"))
                .asString()
                .startsWith("Flagger gave up: Canary failed!");
        // Whatever was not heard fails the next order.
        assertThat(traffic.shift(release.id(), Aim.PRODUCTION, 1, 25).state()).isEqualTo(DeploymentState.FAILED);
    }

    @Test
    void another_revision_is_not_the_one_that_was_let_begin() {
        begun();
        var five = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);

        var gate = gates.answer(Hook.CONFIRM_TRAFFIC_INCREASE, call("Progressing", "7f4b85d557", null));

        assertThat(gate.decision()).isEqualTo(Decision.NO_GO);
        assertThat(reported(five)).isEqualTo("FAILED");
    }

    @Test
    void flagger_is_told_to_roll_back_when_that_was_ordered() {
        begun();
        traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        says("Advance " + service + ".shop canary weight 5", "Progressing");
        assertThat(asked(Hook.ROLLBACK, "Progressing")).isEqualTo(Decision.WAIT);
        releases.enter(release.id(), Phase.ROLLBACK);
        var back = traffic.rollBack(release.id(), Aim.PRODUCTION, 1);

        assertThat(asked(Hook.ROLLBACK, "Progressing")).isEqualTo(Decision.GO);
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.NO_GO);
        assertThat(traffic.verifyOldVersion(release.id(), Aim.PRODUCTION, null).oldVersionServes())
                .isFalse();
        assertThat(reported(back)).isNull();
        asked(Hook.POST_ROLLOUT, "Failed");

        assertThat(reported(back)).isEqualTo("SUCCEEDED");
        assertThat(traffic.verifyOldVersion(release.id(), Aim.PRODUCTION, null).oldVersionServes())
                .isTrue();
    }

    @Test
    void what_flagger_promoted_a_person_takes_back() {
        begun();
        flow.waits = true;
        says("Advance " + service + ".shop primary weight 50", "Promoting");
        assertThat(flow.told).hasSize(1);

        assertThat(traffic.rollBack(release.id(), Aim.PRODUCTION, 1).message()).contains("knows no way back");
    }

    @Test
    void promotion_waits_for_the_end_of_the_observation() {
        begun();
        assertThat(asked(Hook.CONFIRM_PROMOTION, "WaitingPromotion")).isEqualTo(Decision.WAIT);
        releases.enter(release.id(), Phase.OBSERVATION);
        assertThat(asked(Hook.CONFIRM_PROMOTION, "WaitingPromotion")).isEqualTo(Decision.WAIT);

        releases.enter(release.id(), Phase.FINAL_STATUS);

        assertThat(asked(Hook.CONFIRM_PROMOTION, "WaitingPromotion")).isEqualTo(Decision.GO);
        // At its last weight Flagger asks this before it comes to the promotion.
        assertThat(asked(Hook.CONFIRM_TRAFFIC_INCREASE, "Progressing")).isEqualTo(Decision.GO);
        says("Promotion completed!", "Succeeded");
        assertThat(flow.told).isEmpty();
    }

    @Test
    void a_version_that_is_released_begins_no_second_rollout() {
        begun();
        releases.declare(release.id(), Outcome.SUCCESSFUL);
        releases.enter(release.id(), Phase.CLOSED);

        assertThat(asked(Hook.CONFIRM_ROLLOUT, "Waiting")).isEqualTo(Decision.NO_GO);
    }

    @Test
    void events_of_the_analysis_before_are_not_taken_for_this_one() {
        go();
        var placed = traffic.deploy(release.id(), Aim.PRODUCTION);
        asked(Hook.CONFIRM_ROLLOUT, "Succeeded");

        says("Confirm-rollout check start passed", "Failed");
        says("Confirm-rollout check start passed", "Succeeded");

        assertThat(reported(placed)).isNull();
        asked(Hook.POST_ROLLOUT, "Failed"); // its canary never became ready
        assertThat(reported(placed)).isEqualTo("FAILED");
    }

    @Test
    void what_is_unknown_stays_closed() {
        assertThatThrownBy(() -> gates.answer(Hook.CONFIRM_ROLLOUT, call("nowhere", "1.5.0", service, "shop")))
                .isInstanceOf(Refusal.NotFound.class)
                .hasMessageContaining("no service nowhere");
        assertThatThrownBy(() -> gates.answer(Hook.ROLLBACK, call(service, "1.6.0", service, "shop")))
                .isInstanceOf(Refusal.NotFound.class)
                .hasMessageContaining("no release of " + service + " 1.6.0");
        assertThatThrownBy(() -> gates.answer(Hook.CONFIRM_ROLLOUT, call(service, "1.5.0", service, "staging")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("in namespace shop");
    }

    @Test
    void a_service_that_another_deployer_rolls_out_is_none_of_flaggers() {
        var other = release("1.6.0");

        assertThatThrownBy(() -> gates.answer(Hook.CONFIRM_ROLLOUT, call(service, other.version(), service, "shop")))
                .isInstanceOf(Refusal.Conflict.class)
                .hasMessageContaining("rolled out by fake");
    }

    private void go() {
        releases.enter(release.id(), Phase.RELEASE_WINDOW);
        releases.trafficBegins(release.id());
    }

    private void begun() {
        go();
        traffic.deploy(release.id(), Aim.PRODUCTION);
        asked(Hook.CONFIRM_ROLLOUT, "Waiting");
        asked(Hook.PRE_ROLLOUT, "Progressing");
        round();
    }

    private Decision asked(Hook hook, String phase) {
        return gates.answer(hook, call(phase, "85d557f47b", null)).decision();
    }

    private void says(String message, String phase) {
        gates.answer(Hook.EVENT, call(phase, "85d557f47b", message));
    }

    private FlaggerGates.Call call(String phase, String checksum, String message) {
        return new FlaggerGates.Call(service, "1.5.0", service, "shop", phase, checksum, message);
    }

    private static FlaggerGates.Call call(String service, String version, String canary, String namespace) {
        return new FlaggerGates.Call(service, version, canary, namespace, "Waiting", "85d557f47b", null);
    }

    /** @return what is known of the order when it was asked about once more; null while nothing is */
    private String reported(Traffic.Placed placed) {
        round();
        return jdbc.sql("select state from deployment_report where order_key = ?")
                .param(placed.key())
                .query(String.class)
                .optional()
                .orElse(null);
    }

    private void round() {
        clock.now = clock.now.plusSeconds(5);
        assertThat(follower.follow().orTimeout(10, TimeUnit.SECONDS)).succeedsWithin(Duration.ofSeconds(10));
    }

    private java.util.List<String> story() {
        return story(release.id());
    }
}
