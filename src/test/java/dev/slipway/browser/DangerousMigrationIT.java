package dev.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.SlipwayApplication;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** A migration that would block traffic is found in a real repository, stopped, reworked and approved, in the browser. */
@SpringBootTest(
        classes = SlipwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:migration;DB_CLOSE_DELAY=-1",
            "slipway.sandbox.port=0",
            "slipway.admin-password=admin-for-tests"
        })
@ActiveProfiles("sandbox")
class DangerousMigrationIT {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String NAME = "orders 1.1.0";

    @TempDir
    static Path sandbox;

    @TempDir
    static Path services;

    @TempDir
    static Path repository;

    private static Chromium chromium;

    @LocalServerPort
    int port;

    @Autowired
    ReleaseFlow flow;

    @Autowired
    Releases releases;

    @Autowired
    Timeline timeline;

    @Autowired
    TaskService tasks;

    @Autowired
    IdentityService identity;

    private final Map<String, Person> people = new HashMap<>();
    private ReleaseId id;

    @DynamicPropertySource
    static void a_service_with_a_repository(DynamicPropertyRegistry properties) throws IOException, GitAPIException {
        try (var git = Git.init().setDirectory(repository.toFile()).call()) {
            commit(git, "feat: orders", "V1__orders.sql", "CREATE TABLE orders (id bigint PRIMARY KEY, total text);");
            git.tag().setName("v1.0.0").setAnnotated(false).call();
            commit(git, "feat: find orders by customer (#12)", "V2__customer.sql", """
                    ALTER TABLE orders ADD COLUMN customer bigint;
                    CREATE INDEX orders_customer ON orders (customer);
                    ALTER TABLE orders ALTER COLUMN total TYPE numeric USING total::numeric;
                    """);
            git.tag().setName("v1.1.0").setAnnotated(false).call();
        }
        Files.writeString(services.resolve("orders.yaml"), """
                service: orders
                onCall: {people: [olga]}
                repository: {path: "%s", migrations: "db/migration/**"}
                database: {dialect: postgresql, version: "16"}
                rollout: {deployer: sandbox, serving: "1.0.0"}
                metrics:
                  - {name: error-rate, kind: error-rate, source: scrape, query: 'max(up)', failAbove: 1}
                scrape: {url: "http://localhost:1/metrics"}
                """.formatted(repository));
        properties.add("slipway.services-dir", services::toString);
        properties.add("slipway.sandbox.directory", sandbox::toString);
    }

    private static void commit(Git git, String message, String migration, String sql)
            throws IOException, GitAPIException {
        var directory = Files.createDirectories(repository.resolve("db/migration"));
        Files.writeString(directory.resolve(migration), sql);
        git.add().addFilepattern(".").call();
        git.commit()
                .setMessage(message)
                .setAuthor("Evan", "evan@example.com")
                .setCommitter("Evan", "evan@example.com")
                .setSign(false)
                .call();
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

    @Test
    void a_dangerous_migration_is_stopped_reworked_and_approved_by_the_database_group() throws Exception {
        id = flow.open(SampleRequest.of("orders", "1.1.0")
                        .titled("Find orders by customer")
                        .goingBackBy("All traffic goes back to the version that served before.")
                        .request())
                .id();
        others_confirm();
        dora_stops_it();
        erin_reworks_it();
        dora_overrides_what_is_left_with_a_reason();
        the_risk_is_explained_to_those_who_approve();

        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(releases.get(id).phase()).isEqualTo(Phase.COMMUNICATION));
        assertThat(told()).anyMatch(what -> what.startsWith("Override: Review schema change"));
    }

    private void others_confirm() {
        waitsFor("verify-dependencies");
        assertThat(told()).anyMatch(what -> what.startsWith("Scope needs no person"));
        evan_verifies_dependencies();
        answered("confirm-tests", "quentin", Map.of("minimumCoverage", 80, "testsDecision", "confirmed"));
        if (isOpen("confirm-rollback-plan")) {
            answered(
                    "confirm-rollback-plan", "evan", Map.of("rollbackMinutes", 1, "rollbackPlanDecision", "confirmed"));
        }
        answered("accept-ownership", "erin", Map.of("ownershipDecision", "confirmed", "ownerContact", "12"));
        answered("accept-on-call", "olga", Map.of("onCallDecision", "confirmed", "onCallContact", "13"));
    }

    private void evan_verifies_dependencies() {
        answered(
                "verify-dependencies",
                "evan",
                Map.of(
                        "migrations", "verified",
                        "environmentVariables", "none",
                        "queueWorkers", "none",
                        "scheduledJobs", "none",
                        "thirdParties", "none",
                        "dependenciesDecision", "confirmed"));
    }

    private void dora_stops_it() {
        var review = person("dora").claims("Review schema change", NAME);
        assertThat(review.text())
                .contains("Blocking:", "V2__customer.sql:2", "CONCURRENTLY")
                .doesNotContain("{{", "| ---");
        review.choose("Do the old and the new version both work while it runs?", "Yes")
                .choose("Does it hold locks that block traffic?", "Yes")
                .screenshot("review-schema-change-findings")
                .choose("Schema change", "Not safe")
                .fill("What is not safe, and what would be?", "Build the index concurrently.")
                .submit();
        waitsFor("confirm-compatibility");
        answered("confirm-compatibility", "evan", Map.of("compatibilityDecision", "confirmed"));
    }

    private void erin_reworks_it() throws Exception {
        try (var git = Git.open(repository.toFile())) {
            commit(git, "fix: build the index without stopping writes", "V2__customer.sql", """
                    ALTER TABLE orders ADD COLUMN customer bigint;
                    ALTER TABLE orders ALTER COLUMN total TYPE numeric USING total::numeric;
                    """);
            commit(
                    git,
                    "fix: build the index without stopping writes, alone",
                    "V3__index.sql",
                    "CREATE INDEX CONCURRENTLY orders_customer ON orders (customer);\n");
            git.tag().setName("v1.1.1").setAnnotated(false).call();
        }
        waitsFor("rework-release");
        var rework = person("erin").opens("Rework release", NAME);
        assertThat(rework.text()).contains("Build the index concurrently.");
        rework.choose("Decision", "Mended: ask again")
                .fill("Revision to release", "v1.1.1")
                .fill("What was mended, or why cancel?", "The index is built concurrently.")
                .screenshot("rework-release-revision")
                .submit();
    }

    private void dora_overrides_what_is_left_with_a_reason() {
        evan_verifies_dependencies();
        waitsFor("review-schema-change");
        var review = person("dora").claims("Review schema change", NAME);
        assertThat(review.text()).contains("V2__customer.sql:2").doesNotContain("orders_customer");
        review.choose("Do the old and the new version both work while it runs?", "Yes")
                .choose("Does it hold locks that block traffic?", "Yes")
                .choose("Schema change", "Safe");
        assertThat(review.refused()).contains("Field is required.");
        review.fill("Why is it safe all the same?", "The table has 40 rows; the lock lasts milliseconds.")
                .screenshot("review-schema-change-override")
                .submit();
        if (isOpen("confirm-compatibility")) {
            answered("confirm-compatibility", "evan", Map.of("compatibilityDecision", "confirmed"));
        }
    }

    private void the_risk_is_explained_to_those_who_approve() {
        waitsFor("approve-readiness");
        assertThat(releases.get(id).risk()).isEqualTo(Risk.HIGH);
        var approval = person("adam").claims("Approve readiness", NAME);
        assertThat(approval.text())
                .contains("HIGH", "A migration blocks traffic or breaks the version that still serves", "database");
        approval.choose("Readiness", "Approved")
                .screenshot("approve-readiness-risk")
                .submit();
        answered("approve-readiness", "rita", Map.of("approvalDecision", "confirmed"));
        waitsFor("approve-readiness");
        person("dora")
                .claims("Approve readiness", NAME)
                .choose("Readiness", "Approved")
                .submit();
    }

    private List<String> told() {
        return timeline.of(id).stream().map(TimelineEntry::what).toList();
    }

    /** Answers a task without the browser. */
    private void answered(String task, String who, Map<String, Object> answers) {
        waitsFor(task);
        var asked = open(task).get(0).getId();
        tasks.setAssignee(asked, who);
        identity.setAuthentication(who, null);
        try {
            tasks.complete(asked, new HashMap<>(answers));
        } finally {
            identity.clearAuthentication();
        }
    }

    private Person person(String who) {
        return people.computeIfAbsent(who, name -> {
            var person = Person.at(chromium, "http://localhost:" + port);
            person.logsIn(name);
            return person;
        });
    }

    private void waitsFor(String task) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(tasks.createTaskQuery()
                                .processInstanceBusinessKey(id.toString())
                                .list())
                        .extracting(Task::getTaskDefinitionKey)
                        .as(String.join("\n", told()))
                        .contains(task));
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
}
