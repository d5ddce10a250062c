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
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlainDeploymentsTest {

    private static final String OLD = SHOP + "1.4.0";
    private static final String NEW = SHOP + "1.5.0";

    @RegisterExtension
    final PretendCluster cluster = new PretendCluster();

    private Settings settings;
    private KubernetesDeployer deployer;

    @BeforeEach
    void serves_the_old_version() {
        cluster.given("checkout", OLD, 3);
        cluster.given("checkout-canary", OLD, 0);
        settings = cluster.settings(Map.of("deployment", "checkout", "canary", "checkout-canary"));
        deployer = cluster.deployer();
    }

    @Test
    void a_version_is_made_ready_takes_its_share_and_is_promoted() {
        assertThat(deployer.deploy(order("deploy", 0, settings))).isInstanceOf(Answer.Done.class);
        assertThat(cluster.image("checkout-canary")).isEqualTo(NEW);
        assertThat(cluster.replicas("checkout-canary")).isZero();
        cluster.ready("checkout-canary");
        assertThat(state()).isEqualTo(new State.Serving(0));

        var share = order("shift:0", 25, settings);
        assertThat(deployer.shift(share)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.replicas("checkout-canary")).isEqualTo(1);
        assertThat(cluster.annotation("checkout-canary")).isEqualTo("REL-42:shift:0");
        cluster.status("checkout-canary", 1, 1, 0, null, null);
        assertThat(deployer.outcome(share)).isEqualTo(new Answer.Pending("checkout-canary: 0 of 1 pods are ready."));
        cluster.ready("checkout-canary");
        assertThat(deployer.outcome(share)).isEqualTo(new Answer.Done("1 of 4 pods, 25 %."));
        assertThat(state()).isEqualTo(new State.Serving(25));

        var all = order("shift:1", 100, settings);
        assertThat(deployer.shift(all)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.image("checkout")).isEqualTo(NEW);
        cluster.status("checkout", 4, 2, 3, null, null);
        assertThat(deployer.outcome(all)).isEqualTo(new Answer.Pending("checkout: 2 of 3 pods are updated."));
        assertThat(cluster.replicas("checkout-canary"))
                .describedAs("the canary's pods are needed until the others are ready")
                .isEqualTo(1);
        cluster.ready("checkout");
        assertThat(deployer.outcome(all)).isEqualTo(new Answer.Done("checkout has " + NEW + "."));
        assertThat(cluster.replicas("checkout-canary")).isZero();
        cluster.ready("checkout-canary");
        assertThat(state()).isEqualTo(new State.Serving(100));
    }

    @Test
    void other_containers_keep_their_images() {
        deployer.shift(order("shift:0", 100, settings));

        assertThat(cluster.deployment("checkout")
                        .getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .get(0)
                        .getImage())
                .isEqualTo("registry.example.com/proxy:3");
    }

    @Test
    void without_a_canary_a_version_gets_all_or_nothing() {
        settings = cluster.settings(Map.of("deployment", "checkout"));

        assertThat(deployer.deploy(order("deploy", 0, settings))).isInstanceOf(Answer.Done.class);
        assertThat(cluster.image("checkout")).isEqualTo(OLD);
        assertThat(((Answer.Failed) deployer.shift(order("shift:0", 5, settings))).message())
                .contains("all traffic or none, not 5 %", "setting canary");
        assertThat(deployer.shift(order("shift:0", 100, settings))).isInstanceOf(Answer.Pending.class);
        cluster.ready("checkout");
        assertThat(deployer.outcome(order("shift:0", 100, settings))).isInstanceOf(Answer.Done.class);
        assertThat(state()).isEqualTo(new State.Serving(100));
    }

    @Test
    void a_weight_that_pods_cant_express_is_refused_with_those_that_they_can() {
        var answer = (Answer.Failed) deployer.shift(order("shift:0", 5, settings));

        assertThat(answer.message())
                .startsWith("With 3 pods that serve, 5 % can't be reached by whole pods; 25 % is the nearest")
                .contains("There are 25 %, 40 %, 50 % with up to 3 beside them.");
        assertThat(cluster.replicas("checkout-canary")).isZero();
    }

    @Test
    void the_same_order_again_does_nothing_new_also_after_a_crash() {
        var share = order("shift:0", 25, settings);
        deployer.shift(share);
        assertThat(cluster.changes()).hasSize(1);
        var written = cluster.deployment("checkout-canary").getMetadata().getResourceVersion();

        var restarted = cluster.deployer();
        assertThat(restarted.shift(share)).isInstanceOf(Answer.Pending.class);
        assertThat(restarted.shift(share)).isInstanceOf(Answer.Pending.class);

        assertThat(cluster.changes()).isEmpty();
        assertThat(cluster.deployment("checkout-canary").getMetadata().getResourceVersion())
                .isEqualTo(written);
        cluster.ready("checkout-canary");
        assertThat(restarted.shift(share)).isEqualTo(new Answer.Done("1 of 4 pods, 25 %."));
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void a_crash_in_the_middle_of_a_promotion_loses_nothing() {
        shared();
        var all = order("shift:1", 100, settings);
        deployer.shift(all);
        cluster.ready("checkout");

        // Nobody must take it for finished: what is left would not be done.
        assertThat(state()).isEqualTo(new State.Unknown("checkout-canary still has 1 pods"));
        // What the first one would have done next is done by the one that is asked again.
        assertThat(cluster.deployer().shift(all)).isInstanceOf(Answer.Done.class);
        assertThat(cluster.replicas("checkout-canary")).isZero();
        cluster.changes();
        assertThat(cluster.deployer().outcome(all)).isInstanceOf(Answer.Done.class);
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void deploying_again_takes_no_traffic_away_from_the_same_release() {
        deployer.deploy(order("deploy", 0, settings));
        shared();
        cluster.changes();

        assertThat(deployer.deploy(order("deploy", 0, settings))).isInstanceOf(Answer.Done.class);

        assertThat(cluster.changes()).isEmpty();
        assertThat(cluster.replicas("checkout-canary")).isEqualTo(1);
    }

    @Test
    void what_another_release_left_on_the_canary_gets_no_traffic() {
        cluster.deployments("checkout-canary").scale(2);

        deployer.deploy(order("deploy", 0, settings));

        assertThat(cluster.replicas("checkout-canary")).isZero();
        assertThat(cluster.image("checkout-canary")).isEqualTo(NEW);
    }

    @Test
    void a_rollout_past_its_progress_deadline_fails_with_the_reason() {
        var all = order("shift:0", 100, settings);
        deployer.shift(all);
        cluster.status(
                "checkout",
                4,
                1,
                3,
                "ProgressDeadlineExceeded",
                "ReplicaSet \"checkout-7d9\" has timed out progressing.");

        assertThat(deployer.outcome(all))
                .isEqualTo(new Answer.Failed("checkout: ReplicaSet \"checkout-7d9\" has timed out progressing."));
    }

    @Test
    void the_way_back_does_not_answer_for_the_deadline_that_passed_before_it() {
        deployer.shift(order("shift:0", 100, settings));
        cluster.status("checkout", 4, 1, 3, "ProgressDeadlineExceeded", "timed out");
        var back = order("rollback:1", 0, settings);
        deployer.rollBack(back);

        // The condition stays until a pod more is ready, as it was written then.
        cluster.status("checkout", 4, 1, 3, "ProgressDeadlineExceeded", "timed out");
        assertThat(deployer.outcome(back)).isEqualTo(new Answer.Pending("checkout: 1 of 3 pods are updated."));
        cluster.ready("checkout");
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void pods_of_the_canary_that_dont_become_ready_fail_in_time() {
        var share = order("shift:0", 25, settings);
        deployer.shift(share);
        cluster.status("checkout-canary", 0, 0, 0, "FailedCreate", "exceeded quota: pods");
        assertThat(deployer.outcome(share))
                .isEqualTo(new Answer.Pending("checkout-canary: 0 of 1 pods are updated; exceeded quota: pods."));

        cluster.pass(Duration.ofMinutes(11));

        assertThat(cluster.deployer().outcome(share))
                .isEqualTo(new Answer.Failed(
                        "checkout-canary: 0 of 1 pods are updated; exceeded quota: pods, after PT10M."));
    }

    @Test
    void a_change_that_comes_in_between_lets_the_decision_be_taken_anew() {
        conflict("checkout-canary", 1);

        assertThat(deployer.shift(order("shift:0", 25, settings))).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.replicas("checkout-canary")).isEqualTo(1);
    }

    @Test
    void changes_that_never_stop_are_a_technical_failure() {
        conflict("checkout-canary", 5);

        assertThatThrownBy(() -> deployer.shift(order("shift:0", 25, settings)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("5 times in a row");
    }

    @Test
    void a_stale_change_is_refused_by_the_api_server() {
        var read = cluster.deployment("checkout");
        cluster.deployments("checkout").scale(5);
        try (var clusters = new Clusters(Map.of(), Path.of("nowhere"))) {
            assertThatThrownBy(() -> clusters.of(KubernetesSettings.of(settings))
                            .change(read, new Change(read.getMetadata()).image(1, NEW)))
                    .isInstanceOf(Conflict.class);
        }
        assertThat(cluster.image("checkout")).isEqualTo(OLD);
    }

    @Test
    void rolling_back_takes_the_canarys_pods_away() {
        shared();
        var back = order("rollback:1", 0, settings);

        assertThat(deployer.rollBack(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.replicas("checkout-canary")).isZero();
        cluster.ready("checkout-canary");

        cluster.ready("checkout");
        assertThat(deployer.outcome(back)).isEqualTo(new Answer.Done("checkout has " + OLD + " alone."));
        assertThat(state()).isEqualTo(new State.Serving(0));
    }

    @Test
    void rolling_back_half_way_through_a_promotion_sets_the_image_back() {
        shared();
        var all = order("shift:1", 100, settings);
        deployer.shift(all);
        cluster.status("checkout", 4, 1, 3, null, null);
        cluster.pods("checkout", OLD, 2);
        cluster.morePods("checkout", NEW, 1);
        assertThat(state()).isEqualTo(new State.Serving(50));

        var back = order("rollback:1", 0, settings);
        assertThat(deployer.rollBack(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.image("checkout")).isEqualTo(OLD);
        assertThat(cluster.replicas("checkout-canary")).isZero();
        cluster.changes();
        assertThat(cluster.deployer().rollBack(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.changes()).isEmpty();

        assertThat(((Answer.Failed) deployer.outcome(all)).message())
                .isEqualTo("Deployment checkout no longer follows order REL-42:shift:1: it follows REL-42:rollback:1.");
        assertThat(cluster.image("checkout")).isEqualTo(OLD);

        cluster.ready("checkout");
        cluster.ready("checkout-canary");
        assertThat(deployer.outcome(back)).isInstanceOf(Answer.Done.class);
        assertThat(state()).isEqualTo(new State.Serving(0));
    }

    @Test
    void where_the_old_version_serves_alone_rolling_back_changes_nothing() {
        assertThat(deployer.rollBack(order("rollback:1", 0, settings))).isInstanceOf(Answer.Done.class);
        assertThat(cluster.changes()).isEmpty();
    }

    @Test
    void without_knowing_what_served_the_canary_goes_but_no_image_is_guessed() {
        shared();
        var back = withoutServing(order("rollback:1", 0, settings));
        assertThat(deployer.rollBack(back)).isInstanceOf(Answer.Pending.class);
        assertThat(cluster.replicas("checkout-canary")).isZero();

        cluster.given("basket", NEW, 2);
        var other = withoutServing(order("rollback:1", 0, cluster.settings(Map.of("deployment", "basket"))));
        assertThat(((Answer.Failed) deployer.rollBack(other)).message()).contains("Nobody knows which version served");
    }

    @Test
    void a_third_image_is_no_version_of_this_release() {
        cluster.pods("checkout", OLD, 2);
        cluster.morePods("checkout", SHOP + "1.3.9", 1);

        assertThat(state()).isEqualTo(new State.Unknown("1 of 3 ready pods run neither version but " + SHOP + "1.3.9"));
    }

    @Test
    void one_ready_pod_of_many_is_not_all_traffic_for_good() {
        deployer.shift(order("shift:0", 100, settings));
        cluster.status("checkout", 3, 3, 1, null, null);
        cluster.pods("checkout", NEW, 1);

        assertThat(state()).isEqualTo(new State.Unknown("checkout: 1 of 3 pods are ready"));
    }

    @Test
    void where_no_pod_is_ready_nobody_knows_what_serves() {
        cluster.pods("checkout", OLD, 0);

        assertThat(state()).isEqualTo(new State.Unknown("no pod is ready"));
    }

    @Test
    void somebody_elses_hand_is_told_and_not_undone() {
        var all = order("shift:0", 100, settings);
        deployer.shift(all);
        cluster.deployments("checkout").edit(one -> {
            one.getSpec().getTemplate().getSpec().getContainers().get(1).setImage(SHOP + "9.9.9");
            return one;
        });

        assertThat(((Answer.Failed) deployer.outcome(all)).message()).contains("changed by somebody else", "9.9.9");
        assertThat(cluster.image("checkout")).isEqualTo(SHOP + "9.9.9");
    }

    @Test
    void a_paused_deployment_is_refused() {
        cluster.deployments("checkout").edit(one -> {
            one.getSpec().setPaused(true);
            return one;
        });

        assertThat(((Answer.Failed) deployer.shift(order("shift:0", 100, settings))).message())
                .contains("is paused", "kubectl rollout resume deployment/checkout");
        assertThat(cluster.image("checkout")).isEqualTo(OLD);
    }

    @Test
    void what_is_not_there_is_named() {
        assertThat(deployer.deploy(order("deploy", 0, cluster.settings(Map.of("deployment", "chekout")))))
                .isEqualTo(new Answer.Failed("There is no Deployment chekout in namespace shop."));
        var wrong = cluster.settings(Map.of("deployment", "checkout", "container", "main"));
        assertThat(deployer.deploy(order("deploy", 0, wrong)))
                .isEqualTo(new Answer.Failed("Deployment checkout has no container main; there is proxy, app."
                        + " Correct container in the service definition."));
        assertThat(deployer.state(order("state", 0, cluster.settings(Map.of("deployment", "chekout")))))
                .isEqualTo(new State.Unknown("There is no Deployment chekout in namespace shop."));
    }

    private void shared() {
        deployer.shift(order("shift:0", 25, settings));
        cluster.ready("checkout-canary");
    }

    private Deployer.State state() {
        return deployer.state(order("state", 0, settings));
    }

    private void conflict(String name, int times) {
        cluster.server
                .expect()
                .patch()
                .withPath("/apis/apps/v1/namespaces/shop/deployments/" + name)
                .andReturn(
                        409,
                        new StatusBuilder()
                                .withCode(409)
                                .withReason("Conflict")
                                .withMessage("the object has been modified")
                                .build())
                .times(times);
    }
}
