package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import dev.slipway.SlipwayApplication;
import dev.slipway.observation.Watcher;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.release.Change;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.camunda.community.process_test_coverage.spring_test.platform7.ProcessEngineCoverageConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The words in which the diagrams are tested. The engine, the database and all rooms are real; deployer, metric source
 * and the clock are the test's. Jobs are executed by the test; nothing sleeps.
 */
@SpringBootTest(
        classes = {SlipwayApplication.class, ProcessEngineCoverageConfiguration.class},
        webEnvironment = SpringBootTest.WebEnvironment.MOCK,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:diagrams;DB_CLOSE_DELAY=-1",
            "camunda.bpm.job-execution.enabled=false",
            "slipway.services-dir=src/test/resources/services",
            "slipway.observation.enabled=false",
            "slipway.engine.chase-sweep=P1D",
            "slipway.admin-password=admin-for-tests",
            "spring.task.scheduling.enabled=false"
        })
@Import({DiagramTest.Outside.class, TestCollectors.class})
abstract class DiagramTest {

    /** What stands outside Slipway. */
    @TestConfiguration
    static class Outside {

        @Bean
        TestDeployer testDeployer() {
            return new TestDeployer();
        }

        @Bean
        TestSource testSource() {
            return new TestSource();
        }
    }

    /** The groups of the people who act in tests. */
    static final Map<String, List<String>> PEOPLE = Map.of(
            "erin", List.of("engineering"),
            "evan", List.of("engineering"),
            "rita", List.of("release-managers"),
            "adam", List.of("release-authority"),
            "quentin", List.of("qa"),
            "sam", List.of("support"),
            "olga", List.of("on-call"),
            "dora", List.of("database"));

    @Autowired
    ReleaseFlow flow;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @Autowired
    ProcessEngine engine;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    ManagementService management;

    @Autowired
    HistoryService history;

    @Autowired
    IdentityService identity;

    @Autowired
    Watcher watcher;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestDeployer deployer;

    @Autowired
    TestSource source;

    @Autowired
    TestCollectors collectors;

    /** The release that the test is about. */
    ReleaseId release;

    /** Its instance of the diagram <em>Release</em>. */
    private ProcessInstance instance;

    @BeforeEach
    void everything_outside_is_fine() {
        deployer.reset();
        source.reset();
        collectors.reset();
        BpmnAwareTests.init(engine);
        ClockUtil.setCurrentTime(Date.from(Instant.parse("2026-11-24T10:00:00Z")));
    }

    @AfterEach
    void nothing_is_left() {
        identity.clearAuthentication();
        runtime.createProcessInstanceQuery()
                .rootProcessInstances()
                .list()
                .forEach(instance ->
                        runtime.deleteProcessInstanceIfExists(instance.getId(), "test over", true, true, true, false));
        ClockUtil.reset();
        List.of(
                        "announcement",
                        "outgoing_message",
                        "release_thread",
                        "learned_check",
                        "rehearsal",
                        "evidence",
                        "timeline_entry",
                        "problem_report",
                        "alert",
                        "release_hold",
                        "false_alarm",
                        "measurement",
                        "watch",
                        "window_check",
                        "window_offer",
                        "deployment_report",
                        "deployment_order",
                        "finding",
                        "gathered",
                        "check_basis",
                        "invitation",
                        "change",
                        "release")
                .forEach(table -> jdbc.update("delete from " + table));
    }

    // ---- given

    SampleRequest request() {
        return requestFor("checkout").goingBackBy("Give 1.0.0 all traffic");
    }

    /** @return a request that says nothing about the way back */
    SampleRequest requestFor(String service) {
        return SampleRequest.of(service, "1.1.0").changing(Change.of(Change.Kind.FEATURE, "Pay by invoice", "SHOP-12"));
    }

    /** @return a manual step of a rollback plan that says everything */
    static String manual(String what) {
        return "[manual] olga, 5 min: " + what + " -> it is seen to be done";
    }

    void opened(SampleRequest request) {
        release = flow.open(request.request()).id();
        instance = runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(release.toString())
                .processDefinitionKey("release")
                .singleResult();
        runDueJobs();
    }

    /** The migration review has found something that can't be undone. */
    void isPastReturnOnceDeployed(String reason) {
        runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(release.toString())
                .list()
                .forEach(one ->
                        runtime.setVariables(one.getId(), Map.of("pointOfNoReturn", true, "noReturnReason", reason)));
    }

    /** The release is open and everything before the release window is over. */
    void ready() {
        opened(request());
        confirmReadiness();
        approve();
        toldEverybody();
    }

    /** The same with another service. */
    void readyIn(String service) {
        opened(requestFor(service).goingBackBy("Give 1.0.0 all traffic"));
        confirmReadiness();
        approve();
        toldEverybody();
    }

    /** Somebody said go and the first step bakes. */
    void baking() {
        ready();
        sayGo();
    }

    /** All steps have passed. */
    void observed() {
        baking();
        for (var step = 0; step < 3; step++) {
            stepPasses();
        }
    }

    // ---- what people do

    void confirmReadiness() {
        confirmReadiness(false);
    }

    void confirmReadiness(boolean schemaChange) {
        confirmScope();
        answer("verify-dependencies", "erin", dependencies(schemaChange));
        answer("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        answer("confirm-rollback-plan", "erin", Map.of("rollbackMinutes", 5, "rollbackPlanDecision", "confirmed"));
        answer("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "chat"));
        answer("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "phone"));
        if (schemaChange) {
            answer(
                    "review-schema-change",
                    "dora",
                    Map.of("rollingSafe", "yes", "blocksTraffic", "no", "schemaDecision", "confirmed"));
            answer("confirm-compatibility", "erin", Map.of("compatibilityDecision", "confirmed"));
        }
    }

    void confirmScope() {
        answer("confirm-scope", "erin", Map.of("scopeDecision", "confirmed"));
    }

    Map<String, Object> dependencies(boolean schemaChange) {
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
                "schemaChange",
                schemaChange,
                "dependenciesDecision",
                "confirmed");
    }

    void approve() {
        answer("approve-readiness", "adam", Map.of("approvalDecision", "confirmed"));
        if (isOpen("approve-readiness")) {
            answer("approve-readiness", "rita", Map.of("approvalDecision", "confirmed"));
        }
    }

    void toldEverybody() {
        answer("edit-release-notes", "erin", Map.of("releaseNotes", "Short and current."));
        while (isOpen("acknowledge-release")) {
            answer("acknowledge-release", "rita", Map.of("acknowledgement", "known"));
        }
    }

    void sayGo() {
        answer(
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
    }

    /** Answers one open task, as the person would in Tasklist. */
    void answer(String task, String who, Map<String, Object> answers) {
        var open = task(task);
        identity.setAuthentication(who, PEOPLE.getOrDefault(who, List.of()));
        try {
            tasks.complete(open.getId(), new HashMap<>(answers));
        } finally {
            identity.clearAuthentication();
        }
        runDueJobs();
    }

    /** An answer that must not be taken. */
    AbstractThrowableAssert<?, ? extends Throwable> refused(String task, String who, Map<String, Object> answers) {
        return assertThatThrownBy(() -> answer(task, who, answers))
                .extracting(DiagramTest::innermost, THROWABLE)
                .isInstanceOf(Refusal.class);
    }

    /** The engine wraps what a listener throws, the more often the more listeners stand around it. */
    private static Throwable innermost(Throwable thrown) {
        return thrown.getCause() == null ? thrown : innermost(thrown.getCause());
    }

    // ---- time and machines

    /** Bakes the present step with the watcher looking every interval. */
    void stepPasses() {
        watch(Duration.ofMinutes(1));
    }

    /** Time passes; the watcher looks every ten seconds, and what is due is done. */
    void watch(Duration period) {
        for (var passed = Duration.ZERO; passed.compareTo(period) < 0; passed = passed.plusSeconds(10)) {
            watcher.lookNow();
            wait(Duration.ofSeconds(10));
        }
    }

    /** Time passes; jobs are executed when they are due, in order. */
    void wait(Duration period) {
        var end = now().plus(period);
        for (var job = nextJob(end); job != null; job = nextJob(end)) {
            if (job.getDuedate() != null && job.getDuedate().toInstant().isAfter(now())) {
                ClockUtil.setCurrentTime(job.getDuedate());
            }
            execute(job);
        }
        ClockUtil.setCurrentTime(Date.from(end));
        runDueJobs();
    }

    void runDueJobs() {
        for (var job = nextJob(now()); job != null; job = nextJob(now())) {
            execute(job);
        }
    }

    /** A collector that breaks is the engine's to try again. */
    private void execute(Job job) {
        try {
            management.executeJob(job.getId());
        } catch (CollectorBroke broke) {
            // The try is counted by the engine.
        }
    }

    private Job nextJob(Instant until) {
        return management.createJobQuery().active().withRetriesLeft().list().stream()
                .filter(job -> job.getDuedate() == null
                        || !job.getDuedate().toInstant().isAfter(until))
                .min((one, other) -> Long.compare(dueMillis(one), dueMillis(other)))
                .orElse(null);
    }

    private static long dueMillis(Job job) {
        return job.getDuedate() == null ? 0 : job.getDuedate().getTime();
    }

    Instant now() {
        return ClockUtil.getCurrentTime().toInstant();
    }

    // ---- then

    Task task(String key) {
        var open = tasks.createTaskQuery()
                .processInstanceBusinessKey(release.toString())
                .taskDefinitionKey(key)
                .list();
        assertThat(open).as("open tasks " + key + "; there are " + openTasks()).isNotEmpty();
        return open.get(0);
    }

    boolean isOpen(String key) {
        return openTasks().contains(key);
    }

    List<String> openTasks() {
        return tasks.createTaskQuery().processInstanceBusinessKey(release.toString()).list().stream()
                .map(Task::getTaskDefinitionKey)
                .sorted()
                .toList();
    }

    Release theRelease() {
        return releases.get(release);
    }

    void isIn(Phase phase) {
        assertThat(theRelease().phase()).isEqualTo(phase);
    }

    /** The release is closed with this outcome, at this end event of its diagram, and nothing of it is left running. */
    void endsAt(String endEvent, Outcome outcome) {
        assertThat(theRelease().outcome()).isEqualTo(outcome);
        assertThat(theRelease().phase()).isEqualTo(Phase.CLOSED);
        assertThat(theRelease().closedAt()).isNotNull();
        BpmnAwareTests.assertThat(instance).hasPassed(endEvent).isEnded();
        assertThat(runtime.createProcessInstanceQuery()
                        .processInstanceBusinessKey(release.toString())
                        .count())
                .as("instances left")
                .isZero();
    }

    boolean passed(String activity) {
        return history.createHistoricActivityInstanceQuery().activityId(activity).list().stream()
                .anyMatch(instance -> release.toString()
                        .equals(history.createHistoricProcessInstanceQuery()
                                .processInstanceId(instance.getProcessInstanceId())
                                .singleResult()
                                .getBusinessKey()));
    }

    List<String> told() {
        return timeline.of(release).stream().map(TimelineEntry::what).toList();
    }

    String briefing(String task) {
        return (String) tasks.getVariableLocal(task(task).getId(), "briefing");
    }
}
