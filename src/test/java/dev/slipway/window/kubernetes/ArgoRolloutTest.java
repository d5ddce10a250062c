package dev.slipway.window.kubernetes;

import static dev.slipway.window.kubernetes.PretendCluster.SHOP;
import static dev.slipway.window.kubernetes.PretendCluster.order;
import static dev.slipway.window.kubernetes.PretendCluster.withoutServing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.State;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The statuses are those that the controller of Argo Rollouts 1.x writes in the same places. */
class ArgoRolloutTest {

    private static final String OLD = SHOP + "1.4.0";
    private static final String NEW = SHOP + "1.5.0";
    private static final String STEPS = """
            {"pause": {}}, {"setWeight": 5}, {"pause": {}}, {"setWeight": 25}, {"pause": {}}""";

    private static final String AT_REST = """
            "phase": "Healthy", "stableRS": "old", "currentPodHash": "old", "currentStepIndex": 5""";

    @RegisterExtension
    final PretendCluster cluster = new PretendCluster();

    private Settings settings;
    private KubernetesDeployer deployer;

    @BeforeEach
    void serves_the_old_version() {
        given(STEPS);
        settings = cluster.settings(Map.of("workload", "argo-rollout", "rollout", "checkout"));
        deployer = cluster.deployer();
    }

    @Test
    void a_version_is_made_ready_takes_its_steps_and_is_promoted() {
        var deploy = order("deploy", 0, settings);
        assertThat(deployer.deploy(deploy)).isInstanceOf(Answer.Pending.class);
        assertThat(image()).isEqualTo(NEW);
        assertThat(cluster.rolloutField("/metadata/annotations/slipway.dev~1order")
                        .asText())
                .isEqualTo("REL-42:deploy");
        pausedAt(0, 0);
        assertThat(deployer.outcome(deploy)).isEqualTo(new Answer.Done("Rollout checkout waits at 0 %."));
        assertThat(state()).isEqualTo(new State.Serving(0));

        var first = order("shift:0", 5, settings);
        assertThat(deployer.shift(first)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.rolloutField("/status/pauseConditions").isMissingNode()
                        || cluster.rolloutField("/status/pauseConditions").isNull())
                .describedAs("the pause was taken away")
                .isTrue();
        pausedAt(2, 5);
        assertThat(deployer.outcome(first)).isEqualTo(new Answer.Done("Rollout checkout waits at 5 %."));
        assertThat(state()).isEqualTo(new State.Serving(5));

        var all = order("shift:1", 100, settings);
        assertThat(deployer.shift(all)).isInstanceOf(Answer.Pending.class);
        pausedAt(4, 25);
        cluster.changes();
        assertThat(deployer.outcome(all))
                .isEqualTo(new Answer.Pending("Rollout checkout is at 25 %. Paused: CanaryPauseStep"));
        assertThat(cluster.changes())
                .describedAs("one pause is ended at a time")
                .containsExactly("status");
        promoted();
        assertThat(deployer.outcome(all)).isEqualTo(new Answer.Done("Rollout checkout has " + NEW + " alone."));
        assertThat(state()).isEqualTo(new State.Serving(100));
    }

    @Test
    void where_the_steps_begin_with_traffic_the_image_comes_with_the_first_shift() {
        given("{\"setWeight\": 20}, {\"pause\": {}}");

        assertThat(((Answer.Done) deployer.deploy(order("deploy", 0, settings))).message())
                .contains("the image comes with the first");
        assertThat(image()).isEqualTo(OLD);
        assertThat(deployer.shift(order("shift:0", 20, settings))).isInstanceOf(Answer.Pending.class);
        assertThat(image()).isEqualTo(NEW);
    }

    @Test
    void a_weight_without_a_step_is_refused_with_those_that_there_are() {
        assertThat(deployer.shift(order("shift:0", 10, settings)))
                .isEqualTo(new Answer.Failed("No step of Rollout checkout has a weight of 10 %; there are 5 %, 25 %,"
                        + " 100 %. Give the rollout the weights of the Rollout's steps."));
        assertThat(image()).isEqualTo(OLD);
    }

    @Test
    void a_rollout_that_would_go_on_by_itself_is_refused() {
        given("{\"setWeight\": 5}, {\"setWeight\": 25}, {\"pause\": {}}");
        assertThat(((Answer.Failed) deployer.shift(order("shift:0", 25, settings))).message())
                .startsWith("Step 1 of Rollout checkout (setWeight: 5) is not followed by `pause: {}`");

        given("{\"setWeight\": 5}, {\"pause\": {\"duration\": \"10m\"}}");
        assertThat(((Answer.Failed) deployer.deploy(order("deploy", 0, settings))).message())
                .startsWith("Step 2 of Rollout checkout is a pause that ends by itself");

        given("{\"setWeight\": 5}, {\"pause\": {}}, {\"setWeight\": 50}");
        assertThat(((Answer.Failed) deployer.shift(order("shift:0", 5, settings))).message())
                .startsWith("Step 3 of Rollout checkout (setWeight: 50)");
        assertThat(image()).isEqualTo(OLD);
    }

    @Test
    void blue_green_and_templates_elsewhere_are_refused() {
        cluster.rollouts("checkout").delete();
        cluster.create(rollout("\"strategy\": {\"blueGreen\": {\"activeService\": \"checkout\"}}"));
        assertThat(((Answer.Failed) deployer.deploy(order("deploy", 0, settings))).message())
                .contains("has no strategy canary");

        cluster.rollouts("checkout").delete();
        cluster.create(rollout("\"strategy\": {\"canary\": {}}, \"workloadRef\": {\"name\": \"checkout\"}"));
        assertThat(((Answer.Failed) deployer.deploy(order("deploy", 0, settings))).message())
                .contains("spec.workloadRef");
    }

    @Test
    void the_same_order_again_ends_no_second_pause_also_after_a_crash() {
        begun();
        var shift = order("shift:0", 5, settings);
        deployer.shift(shift);
        assertThat(cluster.changes()).hasSize(2);

        // The controller has not gone on yet: no pause to be seen, but its mark that it paused.
        cluster.rolloutStatus("""
                "phase": "Paused", "stableRS": "old", "currentPodHash": "new", "currentStepIndex": 0,
                "controllerPause": true""");
        assertThat(cluster.deployer().shift(shift)).isInstanceOf(Answer.Pending.class);
        // It has gone on, and the pods are not ready yet.
        cluster.rolloutStatus("""
                "phase": "Progressing", "message": "more replicas need to be updated", "stableRS": "old",
                "currentPodHash": "new", "currentStepIndex": 1""");
        assertThat(cluster.deployer().shift(shift))
                .isEqualTo(new Answer.Pending(
                        "Rollout checkout is at 5 %. Progressing: more replicas need to be updated"));
        pausedAt(2, 5);
        assertThat(cluster.deployer().shift(shift)).isInstanceOf(Answer.Done.class);

        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void a_crash_between_stamp_and_pause_loses_nothing() {
        begun();
        var shift = order("shift:0", 5, settings);
        cluster.server
                .expect()
                .patch()
                .withPath("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout/status")
                .andReturn(
                        503,
                        new StatusBuilder()
                                .withCode(503)
                                .withMessage("overloaded")
                                .build())
                .once();
        assertThatThrownBy(() -> deployer.shift(shift))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("answered 503: overloaded");
        cluster.changes();

        assertThat(cluster.deployer().shift(shift)).isInstanceOf(Answer.Pending.class);

        assertThat(cluster.changes()).containsExactly("status");
        assertThat(cluster.rolloutField("/status/pauseConditions").size()).isZero();
    }

    @Test
    void a_change_that_comes_in_between_lets_the_decision_be_taken_anew() {
        begun();
        cluster.server
                .expect()
                .patch()
                .withPath("/apis/argoproj.io/v1alpha1/namespaces/shop/rollouts/checkout/status")
                .andReturn(
                        409,
                        new StatusBuilder()
                                .withCode(409)
                                .withMessage("modified")
                                .build())
                .once();

        assertThat(deployer.shift(order("shift:0", 5, settings))).isInstanceOf(Answer.Pending.class);

        assertThat(cluster.changes()).containsExactly("checkout", "status", "status");
    }

    @Test
    void a_pause_that_somebody_else_has_just_ended_is_not_ended_twice() {
        begun();
        pausedAt(2, 5);
        var read = cluster.rollout().getMetadata().getResourceVersion();
        pausedAt(4, 25);
        try (var clusters = new Clusters(Map.of(), Path.of("nowhere"))) {
            var here = clusters.of(KubernetesSettings.of(settings));
            assertThatThrownBy(() -> here.changeStatus(
                            "checkout",
                            "{\"metadata\":{\"resourceVersion\":\"" + read + "\"},"
                                    + "\"status\":{\"pauseConditions\":null}}"))
                    .isInstanceOf(Conflict.class);
        }
        assertThat(cluster.rolloutField("/status/pauseConditions").size()).isEqualTo(1);
    }

    @Test
    void a_degraded_and_an_aborted_rollout_fail_with_the_controllers_words() {
        begun();
        var shift = order("shift:0", 5, settings);
        deployer.shift(shift);
        cluster.rolloutStatus("""
                "phase": "Degraded", "message": "ProgressDeadlineExceeded: ReplicaSet \\"checkout-7d9\\" has timed out",
                "stableRS": "old", "currentPodHash": "new", "currentStepIndex": 1""");
        assertThat(deployer.outcome(shift))
                .isEqualTo(new Answer.Failed("Rollout checkout is stuck. Degraded:"
                        + " ProgressDeadlineExceeded: ReplicaSet \"checkout-7d9\" has timed out"));

        cluster.rolloutStatus("""
                "phase": "Degraded", "message": "RolloutAborted: metric failed", "abort": true,
                "stableRS": "old", "currentPodHash": "new", "currentStepIndex": 0""");
        assertThat(deployer.outcome(shift))
                .isEqualTo(new Answer.Failed("Rollout checkout was aborted. Degraded: RolloutAborted: metric failed"));
    }

    @Test
    void an_inconclusive_analysis_is_left_to_people() {
        begun();
        var shift = order("shift:0", 25, settings);
        deployer.shift(shift);
        cluster.rolloutStatus("""
                "phase": "Paused", "message": "InconclusiveAnalysisRun", "stableRS": "old", "currentPodHash": "new",
                "currentStepIndex": 1, "controllerPause": true,
                "pauseConditions": [{"reason": "InconclusiveAnalysisRun", "startTime": "2026-03-02T10:00:00Z"}]""");

        assertThat(((Answer.Failed) deployer.outcome(shift)).message())
                .contains("waits for somebody's decision: InconclusiveAnalysisRun");
    }

    @Test
    void rolling_back_aborts_and_sets_the_image_back() {
        begun();
        pausedAt(4, 25);
        cluster.changes();
        var back = order("rollback:1", 0, settings);

        assertThat(deployer.rollBack(back)).isInstanceOf(Answer.Pending.class);

        assertThat(cluster.changes()).containsExactly("status", "checkout");
        assertThat(cluster.rolloutField("/status/abort").asBoolean()).isTrue();
        assertThat(image()).isEqualTo(OLD);
        assertThat(cluster.rolloutField("/metadata/annotations/slipway.dev~1order")
                        .asText())
                .isEqualTo("REL-42:rollback:1");
        cluster.rolloutStatus(AT_REST + ", \"canary\": {\"weights\": {\"canary\": {\"weight\": 0},"
                + " \"stable\": {\"weight\": 100}}}");
        assertThat(deployer.outcome(back)).isEqualTo(new Answer.Done("Rollout checkout has " + OLD + " alone."));
        assertThat(state()).isEqualTo(new State.Serving(0));
        cluster.changes();
        assertThat(cluster.deployer().rollBack(back)).isInstanceOf(Answer.Done.class);
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void rolling_back_half_way_through_a_promotion_stops_what_was_to_come() {
        begun();
        pausedAt(2, 5);
        var all = order("shift:1", 100, settings);
        deployer.shift(all);
        cluster.rolloutStatus("""
                "phase": "Progressing", "stableRS": "old", "currentPodHash": "new", "currentStepIndex": 3""");

        deployer.rollBack(order("rollback:1", 0, settings));

        pausedAt(4, 25);
        cluster.changes();
        assertThat(((Answer.Failed) deployer.outcome(all)).message())
                .isEqualTo("Rollout checkout no longer follows order REL-42:shift:1: it follows REL-42:rollback:1.");
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void after_the_promotion_the_way_back_skips_the_steps() {
        begun();
        promoted();
        cluster.changes();
        var back = order("rollback:1", 0, settings);
        assertThat(deployer.rollBack(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.changes())
                .describedAs("nothing is under way that could be aborted")
                .containsExactly("checkout");
        assertThat(image()).isEqualTo(OLD);

        cluster.rolloutStatus("""
                "phase": "Progressing", "stableRS": "new", "currentPodHash": "old", "currentStepIndex": 0,
                "canary": {"weights": {"canary": {"weight": 0}, "stable": {"weight": 100}}}""");
        assertThat(state()).isEqualTo(new State.Serving(100));
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.rolloutField("/status/promoteFull").asBoolean()).isTrue();
        cluster.changes();
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.changes()).isEmpty();

        cluster.rolloutStatus(AT_REST);
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void an_abort_that_was_taken_back_is_no_failure_and_a_deadline_of_the_old_version_is_one() {
        begun();
        pausedAt(2, 5);
        var back = order("rollback:1", 0, settings);
        deployer.rollBack(back);
        cluster.rolloutStatus("""
                "phase": "Degraded", "message": "RolloutAborted: Rollout aborted update to revision 2",
                "stableRS": "old", "currentPodHash": "old", "currentStepIndex": 5""");
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Pending.class);

        cluster.rolloutStatus("""
                "phase": "Degraded", "message": "ProgressDeadlineExceeded: timed out",
                "stableRS": "old", "currentPodHash": "old", "currentStepIndex": 5""");
        assertThat(deployer.outcome(back))
                .isEqualTo(
                        new Answer.Failed("Rollout checkout is stuck. Degraded: ProgressDeadlineExceeded: timed out"));
    }

    @Test
    void without_knowing_what_served_no_image_is_guessed() {
        begun();

        assertThat(((Answer.Failed) deployer.rollBack(withoutServing(order("rollback:1", 0, settings)))).message())
                .contains("Nobody knows which version served before");
    }

    @Test
    void without_a_router_the_ready_pods_are_counted() {
        begun();
        var uid = cluster.rollout().getMetadata().getUid();
        cluster.pods("checkout", "Rollout", uid, OLD, 3);
        cluster.pods("checkout", "Rollout", uid, NEW, 1);
        cluster.rolloutStatus("""
                "phase": "Paused", "stableRS": "old", "currentPodHash": "new", "currentStepIndex": 4""");

        assertThat(state()).isEqualTo(new State.Serving(25));
    }

    @Test
    void before_the_controller_has_looked_nobody_knows_what_serves() {
        deployer.shift(order("shift:0", 5, settings));

        assertThat(((State.Unknown) state()).why()).contains("has not seen the last change yet");
    }

    @Test
    void a_third_image_is_no_version_of_this_release() {
        given(STEPS, SHOP + "1.3.9");

        assertThat(((State.Unknown) state()).why()).contains("has neither version but", "1.3.9");
    }

    @Test
    void a_rollout_that_is_not_there_is_named() {
        cluster.rollouts("checkout").delete();

        assertThat(deployer.deploy(order("deploy", 0, settings)))
                .isEqualTo(new Answer.Failed("There is no Rollout checkout in namespace shop."));
    }

    private void begun() {
        deployer.deploy(order("deploy", 0, settings));
        pausedAt(0, 0);
        cluster.changes();
    }

    private void pausedAt(int step, int weight) {
        cluster.rolloutStatus("""
                "phase": "Paused", "message": "CanaryPauseStep", "stableRS": "old", "currentPodHash": "new",
                "currentStepIndex": %d, "controllerPause": true,
                "pauseConditions": [{"reason": "CanaryPauseStep", "startTime": "2026-03-02T10:00:00Z"}],
                "canary": {"weights": {"canary": {"weight": %d}, "stable": {"weight": %d}}}""".formatted(step, weight, 100 - weight));
    }

    private void promoted() {
        cluster.rolloutStatus("""
                "phase": "Healthy", "stableRS": "new", "currentPodHash": "new", "currentStepIndex": 5,
                "canary": {"weights": {"canary": {"weight": 0}, "stable": {"weight": 100}}}""");
    }

    private void given(String steps) {
        given(steps, OLD);
    }

    private void given(String steps, String image) {
        cluster.rollouts("checkout").delete();
        cluster.givenRollout(image, steps);
        cluster.rolloutStatus(AT_REST);
    }

    private static String rollout(String spec) {
        return """
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout",
                 "metadata": {"name": "checkout", "namespace": "shop"},
                 "spec": {%s, "template": {"spec": {"containers": [{"name": "app", "image": "x"}]}}}}
                """.formatted(spec);
    }

    private String image() {
        return cluster.rolloutField("/spec/template/spec/containers/0/image").asText();
    }

    private Deployer.State state() {
        return deployer.state(order("state", 0, settings));
    }
}
