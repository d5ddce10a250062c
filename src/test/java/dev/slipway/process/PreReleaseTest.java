package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import dev.slipway.release.Evidence;
import dev.slipway.release.Evidences;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Risk;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.camunda.bpm.engine.runtime.VariableInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
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
                .extracting(Task::getTaskDefinitionKey)
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
        opened(request().requestedBy("adam"));
        confirmReadiness();

        refused("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"))
                .hasMessageContaining("adam asked for this release");
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    @Test
    void one_person_counts_once_where_two_must_approve() {
        opened(request().changingTheSchema().manualSteps(manual("Restore the old index"), manual("Tell support")));
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
        opened(requestFor("payments").goingBackBy("Give 1.0.0 all traffic"));
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

        opened(request().again("Invoice numbers are checked now."));
        assertThat(openTasks()).contains("confirm-learned-checks");
        assertThat(briefing("confirm-learned-checks")).contains("Invoice numbers are unique");
        answer("confirm-learned-checks", "erin", Map.of("learnedDecision", "confirmed"));
        confirmReadiness();
        assertThat(openTasks()).containsExactly("approve-readiness");
    }

    // ---- what a machine knows

    @Test
    void nobody_is_asked_before_go_where_nothing_needs_a_person() {
        collectors.knowEverything();
        opened(request().requestedBy("erin"));

        isIn(Phase.COMMUNICATION);
        assertThat(theRelease().risk()).isEqualTo(Risk.LOW);
        assertThat(told())
                .contains("Scope needs no person: The scope are known.")
                .contains("Release owner needs no person: erin asked for the release and is in charge of it.")
                .contains("Ready: all 6 checks are confirmed.");
    }

    @Test
    void only_what_needs_a_person_is_asked_with_the_findings_beside() {
        collectors.knowEverything();
        collectors.finds(
                "dependencies",
                Map.of("environmentVariables", 1, "migrationFiles", 0),
                finding(Severity.ASK, "app.env", "PAYMENT_URL is read now, and was not before"));
        opened(request());

        assertThat(openTasks()).containsExactly("accept-on-call", "accept-ownership", "verify-dependencies");
        assertThat(findings("verify-dependencies"))
                .contains("PAYMENT_URL is read now")
                .contains("app.env:3")
                .contains("Is it fine?");
        assertThat(tasks.getVariable(task("verify-dependencies").getId(), "migrations"))
                .isEqualTo("none");
        assertThat(tasks.getVariable(task("verify-dependencies").getId(), "environmentVariables"))
                .isNull();
    }

    @Test
    void a_collector_that_breaks_is_tried_again_and_then_told_and_is_never_nothing_found() {
        collectors.knowEverything();
        collectors.breaks("dependencies", "The repository is gone.");
        opened(request());
        assertThat(collectors.looks("dependencies")).isEqualTo(1);
        wait(Duration.ofMinutes(1));

        assertThat(collectors.looks("dependencies")).isEqualTo(3);
        assertThat(openTasks()).contains("verify-dependencies").doesNotContain("confirm-scope");
        assertThat(briefing("verify-dependencies"))
                .contains("could not be looked up", "The repository is gone.", "please look yourself");
        assertThat(told()).anyMatch(what -> what.startsWith("Could not look: The repository is gone."));
        assertThat(theRelease().risk()).isEqualTo(Risk.LOW);
        assertThat(management.createJobQuery().noRetriesLeft().count())
                .as("incidents")
                .isZero();
    }

    @Test
    void a_blocking_migration_is_overridden_by_the_database_group_with_a_reason_and_everyone_is_told() {
        collectors.knowEverything();
        collectors.finds(
                "migrations",
                Map.of("migrationCount", 1, "migrationVerdict", "BLOCKING"),
                finding(Severity.BLOCKING, "V7__index.sql", "Creates an index without CONCURRENTLY"));
        opened(request());
        assertThat(theRelease().schemaChange()).isTrue();
        assertThat(theRelease().risk()).isEqualTo(Risk.HIGH);
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));

        var confirmed =
                Map.<String, Object>of("rollingSafe", "no", "blocksTraffic", "yes", "schemaDecision", "confirmed");
        assertThat(findings("review-schema-change")).contains("**Blocking:** Creates an index");
        refused("review-schema-change", "dora", confirmed).hasMessageContaining("schemaOverrideReason");
        var reasoned = new HashMap<>(confirmed);
        reasoned.put("schemaOverrideReason", "The table has 40 rows");
        refused("review-schema-change", "rita", reasoned).hasMessageContaining("Somebody of database may");
        answer("review-schema-change", "dora", reasoned);
        answer("confirm-compatibility", "erin", Map.of("compatibilityDecision", "confirmed"));

        assertThat(told()).anyMatch(what -> what.startsWith("Override: Review schema change"));
        assertThat(briefing("approve-readiness"))
                .contains("A migration blocks traffic or breaks the version that still serves");
        answer("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"));
        answer("approve-readiness", "rita", Map.of("approvalDecision", "confirmed"));
        assertThat(tasks.createTaskQuery().taskCandidateGroup("database").list())
                .extracting(Task::getTaskDefinitionKey)
                .as("n of m, and each role that the table names")
                .containsExactly("approve-readiness");
        answer("approve-readiness", "dora", Map.of("approvalDecision", "confirmed"));
        assertThat(tasks.getVariable(task("edit-release-notes").getId(), "releaseNotes"))
                .asString()
                .contains("PRE-6: The table has 40 rows (dora)");
    }

    @Test
    void a_reworked_release_is_looked_at_again_and_only_what_changed_is_asked_again() {
        collectors.knowEverything();
        collectors.finds(
                "migrations",
                Map.of("migrationCount", 1, "migrationVerdict", "BLOCKING"),
                finding(Severity.BLOCKING, "V7__index.sql", "Creates an index without CONCURRENTLY"));
        opened(request());
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));
        answer("confirm-compatibility", "erin", Map.of("compatibilityDecision", "confirmed"));
        answer(
                "review-schema-change",
                "dora",
                Map.of(
                        "rollingSafe", "no",
                        "blocksTraffic", "yes",
                        "schemaDecision", "rejected",
                        "schemaReason", "Use CONCURRENTLY"));
        assertThat(briefing("rework-release")).contains("Use CONCURRENTLY");

        collectors.finds("migrations", Map.of("migrationCount", 1, "migrationVerdict", "SAFE"));
        answer(
                "rework-release",
                "erin",
                Map.of(
                        "reworkDecision",
                        "rework",
                        "reworkNote",
                        "Builds it concurrently now",
                        "newRevision",
                        "v1.1.1"));

        assertThat(theRelease().toRevision()).isEqualTo("v1.1.1");
        assertThat(theRelease().risk()).isEqualTo(Risk.LOW);
        isIn(Phase.COMMUNICATION);
    }

    @Test
    void an_irreversible_migration_is_a_point_of_no_return() {
        collectors.knowEverything();
        collectors.finds(
                "migrations",
                Map.of("migrationCount", 1, "migrationVerdict", "IRREVERSIBLE"),
                finding(Severity.IRREVERSIBLE, "V8__drop.sql", "Drops column email"));
        opened(request());

        assertThat(runtime.createVariableInstanceQuery()
                        .variableName("noReturnReason")
                        .list())
                .extracting(VariableInstance::getValue)
                .contains("V8__drop.sql:3: Drops column email");
        assertThat(theRelease().risk()).isEqualTo(Risk.HIGH);
    }

    @Test
    void the_way_back_is_rehearsed_first_where_the_risk_demands_it_and_the_service_has_a_place_for_it() {
        collectors.knowEverything();
        collectors.finds("scope", Map.of("changeCount", 2, "batchRatio", 6.0));
        opened(requestFor("ledger"));

        assertThat(passed("rehearse-rollback")).isTrue();
        assertThat(openTasks()).containsExactly("carry-out-manual-step");
        wait(Duration.ofMinutes(16));
        assertThat(told()).filteredOn(what -> what.startsWith("Overdue: ")).hasSize(1);
        answer("carry-out-manual-step", "dora", Map.of("manualStepDone", true));
        runDueJobs();

        assertThat(told()).anyMatch(what -> what.contains("ehears"));
        assertThat(openTasks()).contains("accept-ownership");
        assertThat(theRelease().hasTraffic()).isFalse();
    }

    @Test
    void the_owner_may_have_the_way_back_rehearsed() {
        collectors.knowEverything();
        collectors.finds(
                "rollback-plan",
                Map.of("manualStepCount", 1, "rehearsalAgeDays", -1),
                finding(Severity.ASK, null, "The way back of ledger was never rehearsed with success."));
        opened(requestFor("ledger"));
        assertThat(passed("rehearse-rollback")).isFalse();
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));
        answer(
                "confirm-rollback-plan",
                "erin",
                Map.of("rollbackPlanDecision", "rejected", "rollbackPlanReason", "Try it first"));
        answer(
                "rework-release",
                "erin",
                Map.of("reworkDecision", "rework", "reworkNote", "We try it", "rehearseFirst", true));

        assertThat(openTasks()).containsExactly("carry-out-manual-step");
        answer("carry-out-manual-step", "dora", Map.of("manualStepDone", true));
        assertThat(openTasks()).containsExactly("confirm-rollback-plan");
        assertThat(evidenceOf("PRE-4"))
                .anyMatch(summary -> summary.toLowerCase(Locale.ROOT).contains("rehears"));
    }

    @Test
    void no_rehearsal_is_owed_where_the_service_has_no_place_for_it() {
        collectors.knowEverything();
        collectors.finds("scope", Map.of("changeCount", 2, "batchRatio", 6.0));
        opened(request());

        assertThat(passed("rehearse-rollback")).isFalse();
        assertThat(theRelease().risk()).isEqualTo(Risk.HIGH);
    }

    // ---- evidence goes stale

    @Test
    void stale_evidence_is_renewed_before_the_window_opens_and_nobody_is_asked_where_nothing_changed() {
        collectors.knowEverything();
        opened(request().window(now().plus(Duration.ofDays(2)), null));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        toldEverybody();
        assertThat(collectors.looks("tests")).isEqualTo(1);
        collectors.finds(
                "on-call", Map.of("onCallGaps", 0), finding(Severity.NOTE, null, "olga is on call from now on"));
        wait(Duration.ofHours(46));

        assertThat(collectors.looks("tests")).isEqualTo(2);
        assertThat(openTasks()).isEmpty();
        wait(Duration.ofHours(2));
        assertThat(openTasks()).containsExactly("decide-go");
    }

    @Test
    void a_changed_result_reopens_the_tasks_that_it_touches_and_the_approval() {
        collectors.knowEverything();
        opened(request().window(now().plus(Duration.ofDays(2)), null));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        toldEverybody();
        collectors.finds("tests", Map.of("testsVerdict", "STALE"), finding(Severity.ASK, null, "The report is old"));
        wait(Duration.ofHours(46));

        isIn(Phase.AWAITING_WINDOW);
        assertThat(openTasks()).containsExactly("confirm-tests");
        wait(Duration.ofHours(25));
        assertThat(told()).anyMatch(what -> what.startsWith("Overdue: Confirm tests"));
        answer("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        assertThat(openTasks()).containsExactly("approve-readiness", "chase-overdue-task");
        approve();
        assertThat(openTasks()).contains("decide-go");
    }

    @Test
    void what_is_no_longer_ready_when_it_is_renewed_may_be_cancelled() {
        collectors.knowEverything();
        opened(request().window(now().plus(Duration.ofDays(2)), null));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        toldEverybody();
        collectors.finds("tests", Map.of("testsVerdict", "FAILED"), finding(Severity.BLOCKING, null, "Two tests fail"));
        wait(Duration.ofHours(46));
        answer(
                "confirm-tests",
                "quentin",
                Map.of("minimumCoverage", 80, "testsDecision", "rejected", "testsReason", "They fail"));
        answer("rework-release", "erin", Map.of("reworkDecision", "cancel", "reworkNote", "Another day"));

        endsAt("cancelled", Outcome.CANCELLED);
    }

    private static Finding finding(Severity severity, String file, String what) {
        return TestCollectors.finding(severity, file, what);
    }

    private List<String> evidenceOf(String requirement) {
        return jdbc.queryForList(
                "select summary from evidence where release_number = ? and requirement = ?",
                String.class,
                release.number(),
                requirement);
    }

    private String findings(String task) {
        return (String) tasks.getVariableLocal(task(task).getId(), "findings");
    }

    @Test
    void a_vague_rollback_plan_is_sent_back_with_what_is_missing_and_nothing_is_lost() {
        opened(request().manualSteps("Restore the old index", manual("Tell support")));
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
        opened(request().manualSteps("Restore the old index"));
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
        opened(requestFor("ledger"));
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
}
