package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.Settings;
import dev.slipway.release.Holds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Autowired;

/** No order of a rehearsal reaches production (PRE-4). */
class RehearsalTest extends WindowSlice {

    @Autowired
    Traffic traffic;

    @Autowired
    Holds holds;

    @Autowired
    DeploymentOrderRepository orders;

    @BeforeEach
    void staging_is_elsewhere() {
        rollback = rehearsedAt("there");
    }

    @Test
    void every_order_of_a_rehearsal_goes_to_the_target_under_a_key_of_its_own() {
        var release = release("1.1.0");
        var execution = rehearsal(release.id().toString(), "run-1");

        setUp(execution);
        new RollBackTraffic(traffic).execute(execution);
        new VerifyServingVersion(traffic).execute(execution);

        assertThat(deployer.asked).containsExactly("deploy", "shift", "rollback");
        assertThat(deployer.orders)
                .extracting(Deployer.Order::key)
                .containsExactly(
                        release.id() + ":rehearsal:run-1:deploy",
                        release.id() + ":rehearsal:run-1:shift",
                        release.id() + ":rehearsal:run-1:rollback:1");
        deployer.orders.addAll(deployer.states);
        assertThat(deployer.orders).allSatisfy(order -> {
            assertThat(order.isRehearsal()).isTrue();
            assertThat(order.target()).isEqualTo("staging");
            assertThat(order.settings().values()).isEqualTo(Map.of("place", "there"));
        });
        assertThat(story(release.id()))
                .contains("Rehearsal on staging: " + release.name() + " is deployed, without traffic.");
        assertThat(new RolloutFacts(orders, holds).isDeployed(release.id())).isFalse();
        assertThat(releases.get(release.id()).hasTraffic()).isFalse();
    }

    @Test
    void a_rehearsal_where_production_is_breaks_before_anything_is_ordered() {
        rollback = rehearsedAt("here");
        var execution = rehearsal(release("1.1.0").id().toString(), "run-1");

        assertThatThrownBy(() -> setUp(execution)).hasMessageContaining("would be ordered in production");
        assertThatThrownBy(() -> new RollBackTraffic(traffic).execute(execution))
                .hasMessageContaining("would be ordered in production");
        assertThatThrownBy(() -> new VerifyServingVersion(traffic).execute(execution))
                .hasMessageContaining("would be ordered in production");
        assertThat(deployer.orders).isEmpty();
    }

    @Test
    void a_rehearsal_without_a_name_of_its_own_is_not_taken_for_production() {
        var execution = rehearsal(release("1.1.0").id().toString(), null);

        assertThatThrownBy(() -> new RollBackTraffic(traffic).execute(execution))
                .isInstanceOf(NullPointerException.class);
        assertThat(deployer.orders).isEmpty();
    }

    @Test
    void a_service_without_a_target_is_told_how_to_name_one_and_nothing_is_ordered() {
        rollback = null;
        var execution = rehearsal(release("1.1.0").id().toString(), "run-1");

        setUp(execution);

        assertThat(execution.getVariable("deploymentState")).isEqualTo("FAILED");
        assertThat(execution.getVariable("deploymentMessage")).asString().contains("add rollback.rehearsal");
        assertThat(execution.getVariable("exitReason")).isNull();
        assertThat(deployer.orders).isEmpty();
    }

    @Test
    void production_is_ordered_as_before_and_counts_as_deployed_once_the_order_is_taken_on() {
        var release = release("1.1.0");
        var facts = new RolloutFacts(orders, holds);
        deployer.answer = new Deployer.Answer.Failed("no such image");
        new DeployVersion(traffic).execute(execution(release.id()));
        assertThat(facts.isDeployed(release.id())).isFalse();

        deployer.answer = new Deployer.Answer.Pending("queued");
        new DeployVersion(traffic).execute(execution(release.id()));
        assertThat(facts.isDeployed(release.id())).isTrue();
        assertThat(deployer.orders).allSatisfy(order -> {
            assertThat(order.isRehearsal()).isFalse();
            assertThat(order.settings().required("place")).isEqualTo("here");
        });
    }

    private void setUp(DelegateExecution execution) {
        new SetUpRehearsal(new RehearsalSetUp(traffic), clock).execute(execution);
    }

    private static DelegateExecution rehearsal(String release, String run) {
        var execution = execution(dev.slipway.release.ReleaseId.of(release));
        execution.setVariable("rehearsal", true);
        Mockito.when(execution.getProcessInstanceId()).thenReturn(run);
        return execution;
    }

    private static Rollback rehearsedAt(String place) {
        return new Rollback(
                List.of(),
                List.of(),
                new RehearsalPlan("staging", "fake", new Settings(Map.of("place", place)), Duration.ofDays(90)),
                Duration.ZERO);
    }
}
