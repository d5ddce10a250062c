package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Phase;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Diagram <em>Roll back or hold a release</em>. */
class SteerReleaseTest extends DiagramTest {

    @Test
    void the_authority_rolls_back() {
        baking();
        says("adam", "ROLL_BACK", "Customers call.");

        assertThat(deployer.weight()).isZero();
        isIn(Phase.FINAL_STATUS);
        assertThat(told()).contains("Asked for a rollback: Customers call.");
        assertThat(passed("rollback-requested")).isTrue();
    }

    @Test
    void the_owner_pauses_the_rollout_and_lets_it_go_on() {
        baking();
        says("erin", "HOLD", "Support is short of people.");
        stepPasses();
        assertThat(openTasks()).containsExactly("hold-rollout");

        says("erin", "RESUME", "Everybody is back.");

        assertThat(deployer.weight()).isEqualTo(50);
        assertThat(passed("put-on-hold-done")).isTrue();
        assertThat(passed("rollout-resumed")).isTrue();
    }

    @Test
    void what_can_not_be_done_is_refused_while_the_form_is_open() {
        ready();
        var instances = runtime.createProcessInstanceQuery().count();

        refuses("sam", release.toString(), "ROLL_BACK").hasMessageContaining("sam may not roll back release");
        refuses("adam", "REL-999999", "HOLD").hasMessageContaining("There is no release REL-999999.");
        refuses("adam", "checkout", "HOLD").hasMessageContaining("checkout is not the id of a release such as REL-42.");
        refuses("adam", release.toString(), "ROLL_BACK").hasMessageContaining("it has not changed anything yet");
        refuses("adam", release.toString(), "STOP").hasMessageContaining("one of ROLL_BACK, HOLD, RESUME");
        refuses("adam", release.toString(), "RESUME").hasMessageContaining("is not on hold");

        assertThat(runtime.createProcessInstanceQuery().count()).isEqualTo(instances);
        assertThat(runtime.createIncidentQuery().count()).isZero();
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String who, String id, String steering) {
        return assertThatThrownBy(() -> says(who, id, steering, "Something."));
    }

    private void says(String who, String steering, String reason) {
        says(who, release.toString(), steering, reason);
    }

    private void says(String who, String id, String steering, String reason) {
        identity.setAuthentication(who, PEOPLE.getOrDefault(who, List.of()));
        try {
            runtime.startProcessInstanceByKey(
                    "steer-release", Map.of("releaseId", id, "steering", steering, "steeringReason", reason));
        } finally {
            identity.clearAuthentication();
        }
        runDueJobs();
    }
}
