package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.TimelineEntry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.RepositoryService;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagram <em>Release</em>. */
class ReleaseTest extends DiagramTest {

    @Autowired
    RepositoryService repository;

    @Test
    void a_release_goes_from_request_to_success() {
        observed();
        watch(Duration.ofMinutes(10));

        endsAt("released", Outcome.SUCCESSFUL);
        assertThat(releases.lastSuccessfulVersion("checkout")).contains("1.1.0");
    }

    @Test
    void a_person_requests_it_by_form() {
        identity.setAuthentication("evan", List.of("engineering"));
        var definition = repository
                .createProcessDefinitionQuery()
                .processDefinitionKey("release")
                .latestVersion()
                .singleResult();
        var instance = runtime.startProcessInstanceById(
                definition.getId(),
                Map.of(
                        "service",
                        "checkout",
                        "version",
                        "1.2.0",
                        "title",
                        "By form",
                        "owner",
                        "erin",
                        "changes",
                        "feature: pay by invoice\nfix: rounding\ninfrastructure: new pool",
                        "manualSteps",
                        "Tell support"));
        identity.clearAuthentication();
        var key = runtime.createProcessInstanceQuery()
                .processInstanceId(instance.getId())
                .singleResult()
                .getBusinessKey();
        release = ReleaseId.of(key);

        assertThat(theRelease().requestedBy()).isEqualTo("evan");
        assertThat(theRelease().changes()).hasSize(3);
        assertThat(runtime.getVariable(instance.getId(), "changes")).isNull();
        runDueJobs();
        assertThat(openTasks()).contains("confirm-scope");
    }

    @Test
    void a_request_for_an_unknown_service_is_refused_and_nothing_is_opened() {
        assertThatThrownBy(() -> flow.open(of("nonsense", "1.1.0", null)))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("There is no service nonsense")
                .hasMessageContaining("checkout");
        assertThatThrownBy(() -> runtime.startProcessInstanceByKey(
                        "release", Map.of("service", "nonsense", "version", "1", "title", "x")))
                .hasMessageContaining("There is no service nonsense");
        assertThat(runtime.createProcessInstanceQuery().count()).isZero();
    }

    @Test
    void the_same_key_gives_the_same_release() {
        release = flow.open(of("checkout", "1.1.0", "key-1")).id();

        assertThat(flow.open(of("checkout", "1.1.0", "key-1")).id()).isEqualTo(release);
        assertThat(runtime.createProcessInstanceQuery()
                        .processDefinitionKey("release")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void the_owner_cancels_before_anything_changed() {
        opened(request());
        stop(ReleaseFlow.Event.CANCEL_REQUESTED);

        endsAt("cancelled", Outcome.CANCELLED);
        assertThat(deployer.orders()).isEmpty();
        assertThat(told()).contains("cancel requested: Not today");
    }

    @Test
    void cancelling_after_traffic_has_moved_leads_through_rollback() {
        baking();
        stop(ReleaseFlow.Event.CANCEL_REQUESTED);

        assertThat(deployer.weight()).isZero();
        isIn(Phase.FINAL_STATUS);
    }

    @Test
    void the_authority_rolls_back_at_any_moment() {
        observed();
        stop(ReleaseFlow.Event.ROLLBACK_REQUESTED);

        assertThat(told()).contains("rollback requested: Not today");
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back on request."));
        answer("answer-review", "erin", PostReleaseReviewTest.answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Ask product first"));
        endsAt("rolled-back", Outcome.ROLLED_BACK);
    }

    @Test
    void a_version_that_was_hauled_back_is_barred_until_somebody_says_why_it_may_come_again() {
        baking();
        stop(ReleaseFlow.Event.ROLLBACK_REQUESTED);
        runDueJobs();
        var hauledBack = release;

        assertThatThrownBy(() -> flow.open(request().request()))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("checkout 1.1.0 was hauled back (" + hauledBack + ") and is barred")
                .extracting(refusal -> ((Refusal.BadInput) refusal).field())
                .isEqualTo("againBecause");
        assertThat(flow.open(SampleRequest.of("checkout", "1.2.0").request()).version())
                .isEqualTo("1.2.0");
        var again =
                flow.open(request().again("Only a wrong mail server was set.").request());
        assertThat(timeline.of(again.id()))
                .extracting(TimelineEntry::what)
                .contains("Released again although " + hauledBack
                        + " was hauled back: Only a wrong mail server was set.");
    }

    @Test
    void a_rollback_before_anything_changed_is_a_cancellation() {
        opened(request());
        stop(ReleaseFlow.Event.ROLLBACK_REQUESTED);

        endsAt("cancelled", Outcome.CANCELLED);
    }

    @Test
    void what_is_left_to_do_after_a_success_needs_follow_up() {
        opened(request().changingTheSchema());
        confirmReadiness(true);
        approve();
        toldEverybody();
        sayGo();
        for (var step = 0; step < 3; step++) {
            stepPasses();
        }
        // The risk table demands half as long again.
        watch(Duration.ofMinutes(14));
        isIn(Phase.OBSERVATION);
        watch(Duration.ofMinutes(1));
        isIn(Phase.FINAL_STATUS);
        answer(
                "confirm-final-status",
                "erin",
                Map.of("finalStatus", "Released.", "followUpRequired", true, "followUpNote", "Drop the old column"));
        answer("answer-review", "erin", PostReleaseReviewTest.answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Drop columns later"));

        endsAt("follow-up-required", Outcome.FOLLOW_UP_REQUIRED);
    }

    @Test
    void a_chase_vanishes_when_the_chased_task_is_done() {
        opened(request());
        wait(Duration.ofHours(25));
        var before = openTasks().stream().filter("chase-overdue-task"::equals).count();
        confirmScope();
        chasedTasks.sweep();

        assertThat(openTasks().stream().filter("chase-overdue-task"::equals).count())
                .isEqualTo(before - 1);
    }

    @Test
    void a_chase_of_a_later_phase_vanishes_too() {
        baking();
        stop(ReleaseFlow.Event.ROLLBACK_REQUESTED);
        wait(Duration.ofHours(5));
        assertThat(openTasks()).contains("chase-later-task");
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back on request."));
        chasedTasks.sweep();

        assertThat(openTasks()).doesNotContain("chase-later-task");
        assertThat(passed("later-task-chased")).isTrue();
    }

    @Autowired
    dev.slipway.engine.ChasedTasks chasedTasks;

    private void stop(ReleaseFlow.Event event) {
        assertThat(flow.tell(release, event, Map.of("exitReason", "Not today", "stoppedBy", "erin")))
                .isTrue();
        runDueJobs();
    }

    private static ReleaseRequest of(String service, String version, String key) {
        return SampleRequest.of(service, version).ownedBy(null).key(key).request();
    }
}
