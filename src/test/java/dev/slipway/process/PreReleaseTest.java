package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Evidence;
import dev.slipway.release.Evidences;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.Risk;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.IdentityLink;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagram <em>Pre-release</em>. */
class PreReleaseTest extends DiagramTest {

    @Autowired
    Evidences evidences;

    @Test
    void every_check_is_asked_side_by_side_of_the_people_who_own_it() {
        opened(request());

        isIn(Phase.PRE_RELEASE);
        assertThat(openTasks())
                .containsExactly(
                        "accept-on-call",
                        "accept-ownership",
                        "confirm-rollback-plan",
                        "confirm-scope",
                        "confirm-tests",
                        "verify-dependencies");
        assertThat(task("accept-ownership").getAssignee()).isEqualTo("erin");
        assertThat(tasks.createTaskQuery().taskCandidateGroup("qa").list())
                .extracting(org.camunda.bpm.engine.task.Task::getTaskDefinitionKey)
                .containsExactly("confirm-tests");
    }

    @Test
    void people_see_the_evidence_at_hand_before_they_answer() {
        opened(request());

        assertThat(briefing("confirm-scope"))
                .contains("Pay by invoice (SHOP-12)")
                .contains("erin");
        assertThat(tasks.getVariable(task("confirm-rollback-plan").getId(), "rollbackPlan"))
                .isEqualTo("Give 1.0.0 all traffic");
    }

    @Test
    void evidence_that_comes_later_is_shown_in_the_task_that_is_open() {
        opened(request());
        evidences.attach(release, "PRE-3", Evidence.Result.PASSED, "1,204 tests passed", null, "evan");

        assertThat(briefing("confirm-tests")).contains("1,204 tests passed");
        assertThat(briefing("confirm-scope")).doesNotContain("1,204 tests passed");
    }

    @Test
    void when_everything_is_confirmed_and_approved_the_release_is_announced() {
        opened(request());
        confirmReadiness();
        assertThat(openTasks()).containsExactly("approve-readiness");
        approve();

        isIn(Phase.COMMUNICATION);
    }

    @Test
    void a_schema_change_raises_the_bar() {
        opened(request());
        confirmScope();
        answer("verify-dependencies", "erin", dependencies(true));
        answer("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        answer("confirm-rollback-plan", "erin", Map.of("rollbackMinutes", 5, "rollbackPlanDecision", "confirmed"));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));

        assertThat(openTasks()).containsExactly("confirm-compatibility", "review-schema-change");
        answer(
                "review-schema-change",
                "dora",
                Map.of("rollingSafe", "yes", "blocksTraffic", "no", "schemaDecision", "confirmed"));
        answer("confirm-compatibility", "erin", Map.of("compatibilityDecision", "confirmed"));

        assertThat(theRelease().schemaChange()).isTrue();
        assertThat(theRelease().risk()).isNotEqualTo(Risk.LOW);
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void a_rejection_leads_to_rework_with_its_reason_and_only_the_open_check_is_asked_again() {
        opened(request());
        answer(
                "confirm-tests",
                "quentin",
                Map.of("minimumCoverage", 80, "testsDecision", "rejected", "testsReason", "Two tests are flaky"));
        confirmScope();
        answer("verify-dependencies", "erin", dependencies(false));
        answer("confirm-rollback-plan", "erin", Map.of("rollbackMinutes", 5, "rollbackPlanDecision", "confirmed"));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));

        assertThat(openTasks()).containsExactly("rework-release");
        assertThat(briefing("rework-release")).contains("Tests (PRE-3): rejected, Two tests are flaky");
        answer("rework-release", "erin", Map.of("reworkDecision", "rework", "reworkNote", "Fixed them"));

        assertThat(openTasks()).containsExactly("confirm-tests");
        answer("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void the_owner_may_have_everything_asked_again() {
        opened(request());
        confirmReadiness();
        answer("approve-readiness", "adam", Map.of("approvalDecision", "rejected", "approvalReason", "Too vague"));
        assertThat(briefing("rework-release")).contains("Too vague");
        answer("rework-release", "erin", Map.of("reworkDecision", "rework", "reworkNote", "Again", "askAgain", true));

        assertThat(openTasks()).hasSize(6);
    }

    @Test
    void a_rejected_approval_is_reworked_without_asking_what_is_confirmed() {
        opened(request());
        confirmReadiness();
        answer("approve-readiness", "adam", Map.of("approvalDecision", "rejected", "approvalReason", "Not today"));
        answer("rework-release", "erin", Map.of("reworkDecision", "rework", "reworkNote", "Please look again"));

        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void the_owner_may_cancel() {
        opened(request());
        confirmReadiness();
        answer("approve-readiness", "adam", Map.of("approvalDecision", "rejected", "approvalReason", "Not this year"));
        answer("rework-release", "erin", Map.of("reworkDecision", "cancel", "reworkNote", "Agreed"));

        endsAt("cancelled", Outcome.CANCELLED);
    }

    @Test
    void what_is_unanswered_at_the_deadline_counts_as_not_confirmed() {
        opened(request());
        confirmScope();
        wait(Duration.ofDays(3));

        assertThat(openTasks()).contains("rework-release");
        assertThat(briefing("rework-release"))
                .contains("Dependencies (PRE-2): not answered in time")
                .doesNotContain("Scope (PRE-1)");
    }

    @Test
    void silence_of_the_approvers_leads_to_rework_and_silence_of_the_owner_to_cancellation() {
        opened(request());
        confirmReadiness();
        wait(Duration.ofDays(2));
        assertThat(openTasks()).contains("rework-release");
        wait(Duration.ofDays(5));

        endsAt("cancelled", Outcome.CANCELLED);
    }

    @Test
    void who_asked_may_not_approve() {
        opened(requestedBy("adam"));
        confirmReadiness();

        refused("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"))
                .hasMessageContaining("adam asked for this release");
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void one_person_counts_once_where_two_must_approve() {
        opened(request(true, List.of(manual("Restore the old index"), manual("Tell support"))));
        confirmReadiness(true);
        assertThat(theRelease().risk()).isEqualTo(Risk.HIGH);

        answer("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"));
        refused("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"))
                .hasMessageContaining("A second person must");
        answer("approve-readiness", "rita", Map.of("approvalDecision", "confirmed"));
        isIn(Phase.COMMUNICATION);
    }

    @Test
    void an_answer_that_the_form_does_not_allow_is_refused_and_nothing_is_lost() {
        opened(request());

        refused("confirm-scope", "erin", Map.of("scopeDecision", "perhaps"))
                .hasMessageContaining("scopeDecision")
                .hasMessageContaining("confirmed, rejected");
        refused("confirm-scope", "erin", Map.of("scopeDecision", "rejected")).hasMessageContaining("scopeReason");
        assertThat(openTasks()).contains("confirm-scope");
    }

    @Test
    void an_overdue_check_is_escalated_and_a_manager_chases_it_until_it_is_answered() {
        opened(request());
        wait(Duration.ofHours(13));
        assertThat(told()).anyMatch(what -> what.startsWith("Reminder for qa: Confirm tests"));
        wait(Duration.ofHours(12));

        assertThat(told()).anyMatch(what -> what.startsWith("Overdue: Confirm tests, waits for qa"));
        assertThat(openTasks()).contains("chase-overdue-task", "confirm-tests");
        answer("chase-overdue-task", "rita", Map.of("chaseNote", "Called them"));
        assertThat(openTasks()).contains("confirm-tests");
    }

    @Test
    void a_service_may_put_its_own_groups_and_deadlines_in_place_of_the_diagrams() {
        opened(requestFor("payments"));
        assertThat(tasks.getIdentityLinksForTask(task("confirm-tests").getId()))
                .extracting(IdentityLink::getGroupId)
                .containsExactly("payments-qa");
        assertThat(task("confirm-tests").getDueDate().toInstant()).isEqualTo(now().plus(Duration.ofHours(2)));
        assertThat(task("confirm-scope").getDueDate().toInstant()).isEqualTo(now().plus(Duration.ofDays(1)));
        wait(Duration.ofMinutes(59));
        assertThat(told()).noneMatch(what -> what.startsWith("Reminder"));
        wait(Duration.ofMinutes(2));
        assertThat(told()).anyMatch(what -> what.startsWith("Reminder for payments-qa: Confirm tests"));
        wait(Duration.ofHours(1));

        assertThat(told()).anyMatch(what -> what.startsWith("Overdue: Confirm tests, waits for payments-qa"));
    }

    @Test
    void what_an_earlier_failed_release_taught_is_asked() {
        baking();
        flow.tell(release, dev.slipway.release.ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", "errors"));
        runDueJobs();
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back."));
        answer("answer-review", "erin", PostReleaseReviewTest.answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Invoice numbers are unique"));
        endsAt("rolled-back", Outcome.ROLLED_BACK);

        opened(request());
        assertThat(openTasks()).contains("confirm-learned-checks");
        assertThat(briefing("confirm-learned-checks")).contains("Invoice numbers are unique");
        answer("confirm-learned-checks", "erin", Map.of("learnedDecision", "confirmed"));
        confirmReadiness();
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void a_vague_rollback_plan_is_sent_back_with_what_is_missing_and_nothing_is_lost() {
        opened(request(false, List.of("Restore the old index", manual("Tell support"))));
        assertThat(briefing("confirm-rollback-plan")).contains("Step 1 says nobody who does it");

        refused("confirm-rollback-plan", "erin", Map.of("rollbackMinutes", 5, "rollbackPlanDecision", "confirmed"))
                .hasMessageContaining("Step 1 says nobody who does it, not how many minutes it takes")
                .hasMessageContaining("[manual] who, how many min: Restore the old index -> how to verify it")
                .hasFieldOrPropertyWithValue("field", "manualSteps");
        refused("confirm-rollback-plan", "erin", plan("as usual"))
                .hasMessageContaining("too vague")
                .hasFieldOrPropertyWithValue("field", "rollbackPlan");
        assertThat(tasks.getVariable(task("confirm-rollback-plan").getId(), "rollbackPlan"))
                .isEqualTo("Give 1.0.0 all traffic");

        answer("confirm-rollback-plan", "erin", plan(manual("Restore the old index")));
        assertThat(openTasks()).doesNotContain("confirm-rollback-plan");
    }

    @Test
    void a_vague_rollback_plan_can_be_rejected() {
        opened(request(false, List.of("Restore the old index")));
        answer(
                "confirm-rollback-plan",
                "erin",
                Map.of(
                        "rollbackMinutes",
                        5,
                        "rollbackPlanDecision",
                        "rejected",
                        "rollbackPlanReason",
                        "Nobody knows which index"));

        assertThat(openTasks()).doesNotContain("confirm-rollback-plan");
    }

    @Test
    void a_release_whose_service_has_a_plan_needs_no_typing() {
        opened(requestFor("ledger", null));
        var task = task("confirm-rollback-plan").getId();
        assertThat(tasks.getVariable(task, "rollbackPlan")).isEqualTo("""
                        [auto] 1 min: give all traffic back to the old version -> the deployer says that it has 100 %
                        [manual] dora, 15 min: restart the posting workers -> the queue is empty""");
        assertThat(tasks.getVariable(task, "rollbackMinutes")).isEqualTo(16);
        answer("confirm-rollback-plan", "erin", Map.of("rollbackPlanDecision", "confirmed"));

        assertThat(openTasks()).doesNotContain("confirm-rollback-plan");
        assertThat(tasks.getVariable(task("confirm-tests").getId(), "manualStepCount"))
                .isEqualTo(1);
    }

    private static Map<String, Object> plan(String text) {
        return Map.of(
                "rollbackPlan", text, "manualSteps", "", "rollbackMinutes", 5, "rollbackPlanDecision", "confirmed");
    }

    private ReleaseRequest requestedBy(String who) {
        var plain = request();
        return new ReleaseRequest(
                plain.service(),
                plain.version(),
                plain.title(),
                plain.owner(),
                who,
                plain.changes(),
                null,
                null,
                null,
                false,
                plain.rollbackPlan(),
                plain.manualSteps(),
                null,
                null,
                null);
    }
}
