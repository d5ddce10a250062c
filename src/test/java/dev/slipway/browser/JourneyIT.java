package dev.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.SlipwayApplication;
import dev.slipway.observation.ProblemReports;
import dev.slipway.release.Change;
import dev.slipway.release.Outcome;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People take a release of the sandbox's service from its request to its end, in the browser, task by task. */
@SpringBootTest(
        classes = SlipwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:journeys;DB_CLOSE_DELAY=-1",
            "slipway.sandbox.port=0",
            "slipway.admin-password=admin-for-tests"
        })
@ActiveProfiles("sandbox")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyIT {

    /** A manual step of the way back. */
    private static final String TELL_ACCOUNTING =
            "[manual] olga, 5 min: Tell accounting -> accounting has answered in the thread";

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM/yyyy", Locale.ROOT);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String OBSERVED = "observation: {period: PT30S,";
    private static final String OBSERVED_SHORTLY = "observation: {period: PT10S,";

    @TempDir
    static Path sandbox;

    @TempDir
    static Path services;

    private static Chromium chromium;

    @LocalServerPort
    int port;

    @Autowired
    Releases releases;

    @Autowired
    ReleaseFlow flow;

    @Autowired
    ProblemReports reports;

    @Autowired
    TaskService tasks;

    @Autowired
    RuntimeService runtime;

    @Autowired
    IdentityService identity;

    /** Who has logged in. */
    private final Map<String, Person> people = new HashMap<>();

    /** The release that the test is about. */
    private ReleaseId id;

    /** As people call it. */
    private String name;

    @DynamicPropertySource
    static void its_own_directories(DynamicPropertyRegistry properties) throws IOException {
        var storefront = Files.readString(Path.of("services", "storefront.yaml"));
        assertThat(storefront).contains(OBSERVED);
        Files.writeString(services.resolve("storefront.yaml"), storefront.replace(OBSERVED, OBSERVED_SHORTLY));
        properties.add("slipway.services-dir", services::toString);
        properties.add("slipway.sandbox.directory", sandbox::toString);
    }

    @BeforeAll
    static void a_browser() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void no_browser() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void everybody_leaves() {
        people.forEach((who, person) -> {
            Chromium.screenshot(person.page(), "last-" + who);
            person.page().context().close();
        });
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(left ->
                        runtime.deleteProcessInstanceIfExists(left.getId(), "end of test", true, true, true, false));
    }

    @Test
    @Order(1)
    void people_take_a_release_from_its_request_to_success() {
        evan_asks_for_a_release_with_a_schema_change();
        everything_is_confirmed();
        two_people_approve();
        everybody_is_told();
        erin_says_go();
        the_final_status_is_confirmed();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(release().outcome()).isEqualTo(Outcome.SUCCESSFUL));
    }

    private void evan_asks_for_a_release_with_a_schema_change() {
        name = "storefront 1.1.0";
        var request = person("evan").startsRelease();
        assertThat(request.refused()).contains("Field is required.");
        request.fill("Service", "storefront")
                .fill("Version", "1.1.0")
                .fill("Title", "Pay by invoice")
                .fill("Release owner", "erin")
                .fill("Changes", "feature: pay by invoice\nfix: rounding of totals\ninfrastructure: larger pool")
                .fill("Dependencies", "Migration V12 adds a column; the worker \"invoices\" must run")
                .check("The database schema changes")
                .fill("Rollback plan", "Give 1.0.0 all traffic; the new column stays.")
                .fill("Manual rollback steps", TELL_ACCOUNTING)
                .screenshot("tasklist-start");
        request.submit();
        id = releases.page("storefront", null, null, 0, 1).releases().get(0).id();
        waitsFor("confirm-scope");
        assertThat(release().requestedBy()).isEqualTo("evan");
        assertThat(release().owner()).isEqualTo("erin");
        assertThat(release().schemaChange()).isTrue();
    }

    private void everything_is_confirmed() {
        var scope = person("erin").claims("Confirm scope", name);
        assertThat(scope.briefing().locator("li").allInnerTexts())
                .containsExactly("pay by invoice", "rounding of totals", "larger pool");
        assertThat(scope.briefing().locator("strong").allInnerTexts())
                .contains("storefront 1.1.0", "Features", "Fixes", "Infrastructure");
        assertThat(scope.text()).doesNotContain("{{", "**");
        scope.choose("Scope", "Complete and right").screenshot("tasklist-task").submit();

        var dependencies = person("erin").claims("Verify dependencies", name);
        assertThat(dependencies.refused()).contains("Field is required.");
        assertThat(dependencies.isChecked("The database schema changes")).isTrue();
        for (var kind :
                List.of("Environment variables", "Queue workers", "Scheduled jobs", "Third-party integrations")) {
            dependencies.select(kind, "None needed");
        }
        dependencies
                .select("Database migrations", "Verified")
                .choose("Dependencies", "All in place")
                .screenshot("verify-dependencies")
                .submit();

        var tests = person("quentin").claims("Confirm tests", name);
        tests.fill("Minimum coverage", "800").fill("Link to the test report", "nowhere");
        assertThat(tests.errors()).hasSize(2);
        tests.screenshot("confirm-tests-refused")
                .fill("Minimum coverage", "80")
                .fill("Measured coverage", "84.5")
                .fill("Link to the test report", "https://ci.example.org/storefront/1.1.0")
                .choose("Tests", "Passed, and coverage is enough")
                .screenshot("confirm-tests")
                .submit();

        var plan = person("erin").claims("Confirm rollback plan", name);
        assertThat(plan.value("Rollback plan")).isEqualTo("Give 1.0.0 all traffic; the new column stays.");
        assertThat(plan.value("Manual steps")).isEqualTo(TELL_ACCOUNTING);
        plan.fill("Time to go back", "5")
                .choose("Way back", "Realistic")
                .screenshot("confirm-rollback-plan")
                .submit();

        person("erin")
                .opens("Accept ownership", name)
                .choose("Ownership", "I accept")
                .fill("How you are reached during the release", "#storefront")
                .screenshot("accept-ownership")
                .submit();
        person("olga")
                .claims("Accept on-call duty", name)
                .choose("On-call duty", "I accept")
                .fill("How you are reached during the release", "+49 30 1234567")
                .screenshot("accept-on-call")
                .submit();

        waitsFor("review-schema-change");
        person("dora")
                .claims("Review schema change", name)
                .choose("Do the old and the new version both work while it runs?", "Yes")
                .choose("Does it hold locks that block traffic?", "No")
                .choose("Schema change", "Safe")
                .screenshot("review-schema-change")
                .submit();
        person("evan")
                .claims("Confirm backward compatibility", name)
                .choose("Backward compatibility", "The old version still works")
                .screenshot("confirm-compatibility")
                .submit();
    }

    private void two_people_approve() {
        waitsFor("approve-readiness");
        approves("adam").screenshot("approve-readiness").submit();
        waitsFor("approve-readiness");
        approves("rita").submit();
    }

    private Form approves(String who) {
        return person(who).claims("Approve readiness", name).choose("Readiness", "Approved");
    }

    private void everybody_is_told() {
        waitsFor("edit-release-notes");
        var notes = person("erin").opens("Edit release notes", name);
        assertThat(notes.value("Release notes")).contains("pay by invoice");
        notes.screenshot("edit-release-notes").submit();

        waitsFor("acknowledge-release");
        for (var who : List.of("sam", "quentin", "paula", "olga")) {
            var asked = person(who).claims("Acknowledge release", name);
            if (who.equals("sam")) {
                asked.choose("Answer", "We have a question")
                        .fill("Your question", "Which customers see invoices first?");
            } else {
                asked.choose("Answer", "We know");
            }
            asked.screenshot("acknowledge-release-" + who).submit();
        }
    }

    private void erin_says_go() {
        waitsFor("decide-go");
        var go = person("erin").opens("Decide go or no-go", name).choose("Decision", "Go");
        assertThat(go.refused()).isNotEmpty();
        go.check("I have read the rollback criteria: metric, threshold, who decides")
                .check("Unrelated changes are frozen")
                .check("On-call has answered and can be reached")
                .screenshot("decide-go")
                .submit();
    }

    private void the_final_status_is_confirmed() {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            decideWhatTheMetricsCanNotTell();
            return release().outcome() != null || isOpen("confirm-final-status");
        });
        if (isOpen("confirm-final-status")) {
            var status = person("erin").opens("Confirm final status", name);
            assertThat(status.value("Final status")).contains(name);
            status.screenshot("confirm-final-status").submit();
        }
    }

    // ---- a release that fails

    @Test
    @Order(4)
    @Tag("long")
    void a_rejected_release_is_reworked_and_gets_another_window() {
        opened("1.2.0", List.of());
        everything_is_confirmed_but_the_tests();
        erin_reworks();
        approved_and_told();
        erin_says_no_go_and_plans_a_new_window();
    }

    @Test
    @Order(5)
    @Tag("long")
    void a_release_that_fails_is_hauled_back_and_reviewed() {
        opened("1.2.1", List.of(TELL_ACCOUNTING));
        confirmed_but_the_tests();
        answered("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        approved_and_told();
        the_rollout_is_stopped_by_a_report();
        the_manual_step_is_carried_out();
        the_release_is_reviewed();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(release().outcome()).isEqualTo(Outcome.ROLLED_BACK));
        the_next_release_is_asked_what_this_one_taught();
    }

    private void confirmed_but_the_tests() {
        answered("confirm-scope", "erin", Map.of("scopeDecision", "confirmed"));
        answered("verify-dependencies", "erin", dependencies());
        answered("confirm-rollback-plan", "erin", Map.of("rollbackMinutes", 5, "rollbackPlanDecision", "confirmed"));
        answered("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answered("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));
    }

    private void everything_is_confirmed_but_the_tests() {
        confirmed_but_the_tests();
        person("quentin")
                .claims("Confirm tests", name)
                .fill("Minimum coverage", "80")
                .choose("Tests", "Not enough")
                .fill("What failed, or is not covered?", "The invoice test fails on leap days.")
                .screenshot("confirm-tests-rejected")
                .submit();
    }

    private void erin_reworks() {
        waitsFor("rework-release");
        var rework = person("erin").opens("Rework release", name);
        assertThat(rework.briefing().innerText()).contains("The invoice test fails on leap days.");
        rework.choose("Decision", "Mended: ask again")
                .fill("What was mended, or why cancel?", "Leap days are tested.")
                .screenshot("rework-release")
                .submit();
        answered("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
    }

    private void approved_and_told() {
        answered("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"));
        Awaitility.await().atMost(PATIENCE).until(() -> isOpen("approve-readiness") || isOpen("edit-release-notes"));
        if (isOpen("approve-readiness")) {
            answered("approve-readiness", "rita", Map.of("approvalDecision", "confirmed"));
        }
        answered("edit-release-notes", "erin", Map.of("releaseNotes", "Short and current."));
        for (var team = 0; team < 4; team++) {
            answered("acknowledge-release", "rita", Map.of("acknowledgement", "known"));
        }
    }

    private void erin_says_no_go_and_plans_a_new_window() {
        waitsFor("decide-go");
        person("erin")
                .opens("Decide go or no-go", name)
                .choose("Decision", "No-go")
                .fill("Why not now?", "Accounting closes the month.")
                .screenshot("decide-no-go")
                .submit();
        waitsFor("plan-window");
        var today = LocalDate.now(ZoneOffset.UTC);
        var plan = person("erin").opens("Plan new window", name);
        assertThat(plan.briefing().innerText()).contains("Accounting closes the month.");
        plan.choose("Decision", "New window")
                .pick("Window starts: day", today.format(DAY))
                .pick("Window starts: time", "00:00")
                .pick("Window ends: day", today.plusDays(2).format(DAY))
                .pick("Window ends: time", "23:45");
        assertThat(plan.refusedByServer()).contains("Choose a time to come.");
        plan.pick("Window starts: day", today.plusDays(1).format(DAY))
                .screenshot("plan-window")
                .submit();
        assertThat(release().windowStart())
                .isEqualTo(today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private void the_rollout_is_stopped_by_a_report() {
        answered(
                "decide-go",
                "erin",
                Map.of(
                        "goDecision",
                        "go",
                        "rollbackCriteriaSeen",
                        true,
                        "freezeConfirmed",
                        true,
                        "onCallReachable",
                        true));
        Awaitility.await().atMost(PATIENCE).until(() -> release().hasTraffic());
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> reports.report(
                                        id,
                                        ProblemReports.Kind.SUPPORT,
                                        ProblemReports.Severity.LOW,
                                        "A customer asks where invoices are.",
                                        "sam")
                                .effect()
                        == ProblemReports.Effect.HEARD);
        waitsFor("weigh-signal-in-rollout");
        var signal = person("adam").claims("Weigh signal", name);
        assertThat(signal.briefing().innerText()).contains("A customer asks where invoices are.");
        signal.choose("Decision", "Roll back")
                .fill("Why?", "Nobody can pay.")
                .screenshot("weigh-signal")
                .submit();
    }

    private void the_manual_step_is_carried_out() {
        waitsFor("carry-out-manual-step");
        var step = person("olga").claims("Carry out manual step", name);
        assertThat(step.text()).contains("Tell accounting");
        assertThat(step.refused()).isNotEmpty();
        step.check("The step is done").screenshot("carry-out-manual-step").submit();
    }

    private void the_release_is_reviewed() {
        the_final_status_is_confirmed();
        waitsFor("answer-review");
        person("erin")
                .opens("Answer review questions", name)
                .choose("Who found the problem first?", "Users")
                .choose("Did people believe in the rollback?", "Yes")
                .choose("Were the release notes current and useful?", "Partly")
                .choose("Was the release small enough to find the cause?", "Yes")
                .fill("What happened, and what caused it?", "The link to the invoice was missing.")
                .screenshot("answer-review")
                .submit();
        waitsFor("agree-on-checks");
        person("adam")
                .claims("Agree on checks", name)
                .fill("Checks", "The invoice is linked from the order")
                .screenshot("agree-on-checks")
                .submit();
    }

    private void the_next_release_is_asked_what_this_one_taught() {
        opened("1.2.2", List.of());
        waitsFor("confirm-learned-checks");
        var learned = person("erin").claims("Confirm learned checks", name);
        assertThat(learned.briefing().innerText()).contains("The invoice is linked from the order");
        learned.choose("Learned checks", "All done")
                .screenshot("confirm-learned-checks")
                .submit();
    }

    // ---- forms that only trouble asks for

    @Test
    @Order(3)
    void the_forms_that_only_trouble_asks_for_are_claimed_filled_in_and_completed() {
        opened("1.3.0", List.of());
        at("release-window", "decide-inconclusive-step");
        person("adam")
                .claims("Decide inconclusive step", name)
                .choose("Decision", "Roll back")
                .fill("Why?", "Too few visitors.")
                .screenshot("decide-inconclusive-step")
                .submit();
        at("observation", "decide-inconclusive-verdict");
        person("adam")
                .claims("Decide inconclusive verdict", name)
                .choose("Decision", "Roll back")
                .fill("Why?", "Too few visitors.")
                .screenshot("decide-inconclusive-verdict")
                .submit();
        at("observation", "weigh-signal-in-observation");
        person("rita")
                .claims("Weigh signal", name)
                .choose("Decision", "Roll back")
                .fill("Why?", "The alert is right.")
                .screenshot("weigh-signal-in-observation")
                .submit();
        at("rollback", "take-over-rollback");
        person("olga")
                .claims("Take over rollback", name)
                .choose("Decision", "Not restored: follow-up is required")
                .fill("What did you see and do?", "The router does not answer.")
                .screenshot("take-over-rollback")
                .submit();
        for (var task : List.of("chase-overdue-task", "chase-later-task")) {
            at("release", task);
            person("rita")
                    .claims("Chase overdue task", name)
                    .fill("What did you find out and do?", "Quentin is ill; Erin tests.")
                    .screenshot(task)
                    .submit();
        }
    }

    /** A diagram that stands at this task, as it would in trouble. */
    private void at(String process, String task) {
        var release = release();
        var id = release.id().toString();
        var open = runtime.createProcessInstanceByKey(process)
                .businessKey(id)
                .setVariables(Map.of(
                        "releaseId",
                        id,
                        "releaseName",
                        name,
                        "service",
                        release.service(),
                        "version",
                        release.version(),
                        "owner",
                        release.owner(),
                        "requestedBy",
                        release.requestedBy(),
                        "overdueTask",
                        "Confirm tests",
                        "overdueOwner",
                        "qa"))
                .startBeforeActivity(task)
                .execute();
        assertThat(open.isEnded()).isFalse();
    }

    // ---- who sees what

    @Test
    @Order(2)
    void everybody_finds_the_lists_and_a_release_manager_finds_the_token_in_cockpit() {
        opened("1.4.0", List.of());
        waitsFor("confirm-tests");
        assertThat(person("sam").namesOfLists()).containsExactly("Mine", "My groups", "Overdue", "By release");
        assertThat(person("quentin").tasks("My groups", name)).containsExactly("Confirm tests");
        assertThat(person("quentin").tasks("By release", name)).containsExactly("Confirm tests");
        assertThat(person("sam").hasNothing("By release", name)).isTrue();
        assertThat(person("erin").tasks("Mine", name)).containsExactly("Accept ownership");
        assertThat(person("erin").tasks("My groups", name))
                .containsExactlyInAnyOrder("Confirm scope", "Verify dependencies", "Confirm rollback plan");
        person("erin").page().mouse().move(0, 0);
        Chromium.screenshot(person("erin").page(), "tasklist-groups");

        var cockpit = person("rita").looksIntoCockpit();
        assertThat(cockpit.instances("Release")).contains(release().id().toString());
        cockpit.screenshot("cockpit-release");
        cockpit.opens(release().id().toString());
        cockpit.showsATokenAt("pre-release-phase");
        cockpit.screenshot("cockpit-token");
        cockpit.opensCalled("Pre-release");
        cockpit.showsATokenAt("confirm-scope");
        cockpit.showsATokenAt("confirm-tests");
        cockpit.screenshot("cockpit-called");
    }

    // ---- words

    private void opened(String version, List<String> manualSteps) {
        identity.setAuthentication("evan", List.of("engineering"));
        try {
            id = flow.open(SampleRequest.of("storefront", version)
                            .changing(Change.of(Change.Kind.FEATURE, "pay by invoice", null))
                            .goingBackBy("Give the old version all traffic.")
                            .manualSteps(manualSteps.toArray(String[]::new))
                            .request())
                    .id();
        } finally {
            identity.clearAuthentication();
        }
        name = release().name();
    }

    /** Answers a task without the browser. */
    private void answered(String task, String who, Map<String, Object> answers) {
        waitsFor(task);
        var asked = open(task).get(0).getId();
        tasks.setAssignee(asked, who);
        tasks.complete(asked, new HashMap<>(answers));
    }

    private static Map<String, Object> dependencies() {
        return Map.of(
                "migrations",
                "none",
                "environmentVariables",
                "none",
                "queueWorkers",
                "none",
                "scheduledJobs",
                "none",
                "thirdParties",
                "none",
                "dependenciesDecision",
                "confirmed");
    }

    /** On a busy machine the storefront has too few visitors for a verdict; the journey is about the way, not about them. */
    private void decideWhatTheMetricsCanNotTell() {
        if (isOpen("decide-inconclusive-step")) {
            answered("decide-inconclusive-step", "adam", Map.of("stepDecision", "go-on", "stepReason", "Looks fine."));
        }
        if (isOpen("decide-inconclusive-verdict")) {
            answered(
                    "decide-inconclusive-verdict",
                    "adam",
                    Map.of("verdictDecision", "accept", "verdictReason", "Looks fine."));
        }
    }

    private Person person(String who) {
        var known = people.get(who);
        if (known != null) {
            return known;
        }
        var person = Person.at(chromium, "http://localhost:" + port);
        people.put(who, person);
        person.logsIn(who);
        return person;
    }

    private void waitsFor(String task) {
        Awaitility.await().atMost(PATIENCE).until(() -> isOpen(task));
    }

    private boolean isOpen(String task) {
        return !open(task).isEmpty();
    }

    private List<Task> open(String task) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(id.toString())
                .taskDefinitionKey(task)
                .list();
    }

    private Release release() {
        return releases.get(id);
    }
}
