package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class RolloutTest extends WindowSlice {

    @Autowired
    RolloutSteps rollout;

    @Autowired
    RolloutPlan plan;

    @Autowired
    Traffic traffic;

    @Test
    void traffic_moves_in_the_steps_of_the_service() {
        var release = release("1.1.0");
        var execution = begun(release, null);
        var weights = new ArrayList<Object>();
        var bakes = new ArrayList<String>();

        do {
            shift(execution);
            weights.add(execution.getVariable("weight"));
            bakes.add(plan.bake(execution));
        } while (!(Boolean) execution.getVariable("lastStep"));

        assertThat(weights).containsExactly(5.0, 25.0, 100.0);
        assertThat(bakes).containsExactly("PT5M", "PT3M", "PT2M");
        assertThat(deployer.orders)
                .extracting(Deployer.Order::key)
                .containsExactly(release.id() + ":shift:0", release.id() + ":shift:1", release.id() + ":shift:2");
        assertThat(story(release.id()))
                .contains(
                        "Rollout of " + release.name() + " begins: 5 %, then 25 %, then 100 %.",
                        "25 % of traffic to " + release.name() + ".");
        assertThat(releases.get(release.id()).hasTraffic()).isTrue();
    }

    @Test
    void a_risk_that_demands_it_gets_a_small_first_step() {
        steps = List.of(QUARTER, ALL);
        var execution = begun(release("1.1.0"), "gradual");

        shift(execution);

        assertThat(execution.getVariable("stepCount")).isEqualTo(3);
        assertThat(execution.getVariable("weight")).isEqualTo(10.0);
        assertThat(plan.bake(execution)).isEqualTo("PT3M");
    }

    @Test
    void a_first_step_that_is_small_enough_stays() {
        assertThat(begun(release("1.1.0"), "gradual").getVariable("stepCount")).isEqualTo(3);
    }

    @Test
    void a_service_that_cannot_split_its_traffic_is_released_at_once_and_the_timeline_says_so() {
        strategy = Strategy.BLUE_GREEN;
        steps = List.of(ALL);
        var release = release("1.1.0");

        var execution = begun(release, "gradual");

        assertThat(execution.getVariable("stepCount")).isEqualTo(1);
        assertThat(story(release.id())).anyMatch(what -> what.contains("can't split its traffic"));
    }

    @Test
    void a_deployment_is_ordered_with_a_key_settings_and_an_address_to_report_to() {
        var release = release("1.1.0");
        var execution = begun(release, null);

        new DeployVersion(traffic).execute(execution);

        var order = deployer.orders.get(0);
        assertThat(deployer.asked).containsExactly("deploy");
        assertThat(order.key()).isEqualTo(release.id() + ":deploy");
        assertThat(order.weight()).isZero();
        assertThat(order.servingVersion()).isEqualTo("1.0.0");
        assertThat(order.settings().required("place")).isEqualTo("here");
        assertThat(order.reportTo().toString()).startsWith("http://localhost:8080/hooks/deployments/");
        assertThat(execution.getVariable("deploymentState")).isEqualTo("SUCCEEDED");
        assertThat(plan.reportWithin(execution)).isEqualTo("PT30M");
    }

    @Test
    void a_deployer_that_refuses_is_why_the_release_turns_back() {
        deployer.answer = new Deployer.Answer.Failed("no such image");
        var release = release("1.1.0");
        var execution = begun(release, null);

        new DeployVersion(traffic).execute(execution);

        assertThat(execution.getVariable("deploymentState")).isEqualTo("FAILED");
        assertThat(execution.getVariable("exitReason")).isEqualTo("fake refused: no such image");
        assertThat(story(release.id()))
                .contains("Deploying " + release.name() + " failed: fake refused: no such image");
    }

    @Test
    void traffic_that_is_there_already_is_not_ordered_again() {
        deployer.state = new Deployer.State.Serving(5);
        var execution = begun(release("1.1.0"), null);

        shift(execution);

        assertThat(deployer.asked).isEmpty();
        assertThat(execution.getVariable("deploymentState")).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_technical_failure_is_left_to_the_retry_and_the_step_stays() {
        deployer.broken = new IllegalStateException("connection refused");
        var execution = begun(release("1.1.0"), null);

        assertThatThrownBy(() -> shift(execution)).hasMessage("connection refused");
        assertThat(execution.getVariable("nextStep")).isEqualTo(0);
        assertThat(execution.getVariable("deploymentState")).isNull();
    }

    @Test
    void each_attempt_to_roll_back_has_its_own_key() {
        var release = release("1.1.0");
        var execution = execution(release.id());

        new RollBackTraffic(traffic).execute(execution);
        new RollBackTraffic(traffic).execute(execution);

        assertThat(deployer.orders)
                .extracting(Deployer.Order::key)
                .containsExactly(release.id() + ":rollback:1", release.id() + ":rollback:2");
        assertThat(story(release.id())).contains("All traffic is back on " + service + " 1.0.0.");
    }

    @Test
    void the_old_version_serves_only_when_the_deployer_says_so() {
        var release = release("1.1.0");
        var execution = execution(release.id());

        deployer.state = new Deployer.State.Serving(25);
        assertThat(oldVersionServes(execution)).isFalse();
        deployer.broken = new IllegalStateException("connection refused");
        assertThat(oldVersionServes(execution)).isFalse();
        assertThat(oldVersionServes(execution)).isFalse();
        deployer.broken = null;
        deployer.state = new Deployer.State.Serving(0);
        assertThat(oldVersionServes(execution)).isTrue();

        assertThat(story(release.id()))
                .filteredOn(what -> what.contains("fake"))
                .containsExactly(
                        release.name() + " still has 25 % of traffic, says fake.",
                        "fake can't say which version of " + service + " serves: connection refused",
                        service + " 1.0.0 serves alone, says fake.");
    }

    @Test
    void a_report_that_is_missing_is_why_the_release_turns_back() {
        var execution = execution(release("1.1.0").id());

        new ReportMissing(traffic).notify(execution);

        assertThat(execution.getVariable("exitReason")).isEqualTo("The deployer fake did not report within PT30M.");
    }

    private DelegateExecution begun(Release release, String demanded) {
        var execution = execution(release.id());
        execution.setVariable("rolloutStrategy", demanded);
        new BeginRollout(rollout).execute(execution);
        return execution;
    }

    private void shift(DelegateExecution execution) {
        new ShiftTraffic(rollout, traffic).execute(execution);
    }

    private boolean oldVersionServes(DelegateExecution execution) {
        new VerifyServingVersion(traffic).execute(execution);
        return (Boolean) execution.getVariable("oldVersionServes");
    }
}
