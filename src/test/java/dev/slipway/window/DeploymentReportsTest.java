package dev.slipway.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.Settings;
import dev.slipway.release.Refusal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

class DeploymentReportsTest extends WindowSlice {

    @Autowired
    DeploymentReports reports;

    @Autowired
    ReportTokens tokens;

    @Autowired
    HookSecrets secrets;

    @Autowired
    Traffic traffic;

    @Test
    void a_report_tells_the_release_that_waits_for_it() {
        var release = release("1.1.0");
        deployer.answer = new Deployer.Answer.Pending(null);
        var placed = traffic.deploy(release.id(), Aim.PRODUCTION);
        flow.waits = true;

        reports.receive(tokens.token(placed.key()), "FAILED", "disk full");

        assertThat(placed.state()).isEqualTo(DeploymentState.PENDING);
        assertThat(flow.told).hasSize(1);
        assertThat(flow.told.get(0))
                .containsEntry("deploymentKey", release.id() + ":deploy")
                .containsEntry("deploymentState", "FAILED")
                .containsEntry("exitReason", "disk full");
    }

    @Test
    void a_repeated_report_changes_nothing() {
        deployer.answer = new Deployer.Answer.Pending(null);
        var release = release("1.1.0");
        var token = tokens.token(traffic.deploy(release.id(), Aim.PRODUCTION).key());
        flow.waits = true;
        reports.receive(token, "SUCCEEDED", null);
        flow.waits = true;

        reports.receive(token, "FAILED", "no, it failed");
        reports.sweep();

        assertThat(flow.told).hasSize(1);
        assertThat(story(release.id()))
                .filteredOn(what -> what.equals("Deploying the version succeeded, the deployer reports."))
                .hasSize(1);
    }

    @Test
    void a_report_that_comes_before_the_token_waits_is_told_again() {
        deployer.answer = new Deployer.Answer.Pending(null);
        var token = tokens.token(
                traffic.deploy(release("1.1.0").id(), Aim.PRODUCTION).key());
        reports.receive(token, "SUCCEEDED", "ok");
        reports.sweep();
        assertThat(flow.told).isEmpty();

        flow.waits = true;
        reports.sweep();

        assertThat(flow.told).hasSize(1);
    }

    @Test
    void a_report_that_comes_before_its_order_is_stored_is_the_orders_answer() {
        var release = release("1.1.0");
        reports.receive(tokens.token(release.id() + ":deploy"), "SUCCEEDED", "quick");
        reports.sweep();
        deployer.answer = new Deployer.Answer.Pending(null);

        var placed = traffic.deploy(release.id(), Aim.PRODUCTION);

        assertThat(placed.state()).isEqualTo(DeploymentState.SUCCEEDED);
        assertThat(placed.message()).isEqualTo("quick");
        assertThat(delivery(placed.key())).isEqualTo("DELIVERED");
    }

    @Test
    void a_late_report_on_an_earlier_order_does_not_move_the_rollback() {
        deployer.answer = new Deployer.Answer.Pending(null);
        var release = release("1.1.0");
        var shift = traffic.shift(release.id(), Aim.PRODUCTION, 0, 5);
        traffic.rollBack(release.id(), Aim.PRODUCTION, 1);
        flow.waits = true;

        reports.receive(tokens.token(shift.key()), "SUCCEEDED", null);
        reports.sweep();

        assertThat(flow.told).isEmpty();
        assertThat(delivery(shift.key())).isEqualTo("DROPPED");
    }

    @Test
    void a_failure_in_a_rehearsal_is_told_and_is_no_reason_to_leave_the_happy_path() {
        rollback = new Rollback(
                List.of(),
                List.of(),
                new RehearsalPlan("staging", "fake", new Settings(Map.of("place", "there")), Duration.ofDays(90)),
                Duration.ZERO);
        deployer.answer = new Deployer.Answer.Pending(null);
        var release = release("1.1.0");
        var key = traffic.rollBack(release.id(), Aim.rehearsal("run-1"), 1).key();
        flow.waits = true;

        reports.receive(tokens.token(key), "FAILED", "frozen");

        assertThat(flow.told)
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .containsEntry("deploymentState", "FAILED")
                        .containsEntry("deploymentMessage", "frozen")
                        .doesNotContainKey("exitReason"));
        assertThat(story(release.id())).contains("An order of the rehearsal failed, the deployer reports.");
    }

    @Test
    void a_report_is_dropped_when_the_release_is_closed() {
        var release = release("1.1.0");
        var key = release.id() + ":deploy";
        reports.receive(tokens.token(key), "SUCCEEDED", null);
        releases.close(release.id());

        reports.sweep();

        assertThat(delivery(key)).isEqualTo("DROPPED");
    }

    @Test
    void an_unknown_state_is_refused_by_name() {
        var token = tokens.token(release("1.1.0").id() + ":deploy");

        for (var state : new String[] {null, "", "PENDING", "ok"}) {
            assertThatThrownBy(() -> reports.receive(token, state, null))
                    .isInstanceOfSatisfying(
                            Refusal.BadInput.class,
                            refusal -> assertThat(refusal.field()).isEqualTo("state"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "abc", "UkVMLTE6ZGVwbG95", "UkVMLTE6ZGVwbG95.", "UkVMLTE6ZGVwbG95.AAAA", "%%.%%"})
    void a_token_that_was_not_given_out_is_not_found(String token) {
        assertThatThrownBy(() -> reports.receive(token, "SUCCEEDED", null)).isInstanceOf(Refusal.NotFound.class);
    }

    @Test
    void a_token_is_no_good_for_another_order() {
        var own = tokens.token("REL-1:deploy");
        var other = tokens.token("REL-2:deploy");
        var mixed = other.substring(0, other.indexOf('.')) + own.substring(own.indexOf('.'));

        assertThat(tokens.key(own)).contains("REL-1:deploy");
        assertThat(tokens.key(mixed)).isEmpty();
    }

    @Test
    void the_secret_is_generated_once_and_kept() {
        var first = secrets.secret();

        assertThat(first).hasSizeGreaterThanOrEqualTo(32);
        assertThat(jdbc.sql("select secret from hook_secret")
                        .query(String.class)
                        .list())
                .isEqualTo(List.of(first));
    }

    private String delivery(String key) {
        return jdbc.sql("select delivery from deployment_report where order_key = ?")
                .param(key)
                .query(String.class)
                .single();
    }
}
