package dev.slipway.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.slipway.SlipwayApplication;
import dev.slipway.observation.Watcher;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.SampleRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Whoever has to decide where the metrics can't tell sees them drawn, in the task and on the release's page. */
@SpringBootTest(
        classes = SlipwayApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.datasource.url=jdbc:h2:mem:charts;DB_CLOSE_DELAY=-1",
            "slipway.sandbox.port=0",
            "slipway.admin-password=admin-for-tests"
        })
@ActiveProfiles("sandbox")
class ChartsIT {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final String DOUBT =
            "error-rate is 0.07 ratio, beyond its limit (at most 0.05 ratio) in one look so far.";

    @TempDir
    static Path sandbox;

    private static Chromium chromium;

    @LocalServerPort
    int port;

    private Person adam;

    @Autowired
    ReleaseFlow flow;

    @Autowired
    RuntimeService runtime;

    @Autowired
    TaskService tasks;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    Watcher watcher;

    @DynamicPropertySource
    static void its_own_directory(DynamicPropertyRegistry properties) {
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

    @Test
    void the_authority_sees_the_chart_beside_the_decision_and_the_whole_story_on_the_page() {
        var release = flow.open(SampleRequest.of("storefront", "1.1.0").request());
        watchedInDoubt(release);
        standsAt(release, "release-window", "decide-inconclusive-step");
        adam = Person.at(chromium, "http://localhost:" + port);
        adam.logsIn("adam");

        var form = adam.opens("Decide inconclusive step", release.name());
        var picture = form.briefing().locator("img");
        isDrawn(picture);
        assertThat(picture.getAttribute("src"))
                .isEqualTo("/api/v1/releases/" + release.id() + "/charts/error-rate.svg");
        assertThat(form.text()).contains(DOUBT, "latency-p95").doesNotContain("{{", "![");
        form.screenshot("decide-with-chart");
        var longer = from("Stay at this step and bake longer");
        var back = from("Roll back");
        assertThat(longer).isLessThan(back);
        assertThat(back).as("on the screen without scrolling").isLessThan(900);

        var page = adam.follows("all about it");
        assertThat(page.locator("h1").innerText()).isEqualTo("storefront 1.1.0");
        assertThat(page.locator(".charts img").count()).isEqualTo(4);
        page.locator(".charts img").all().forEach(ChartsIT::isDrawn);
        assertThat(page.locator("main").innerText())
                .contains("Decide inconclusive step", DOUBT, "Requested storefront 1.1.0");
        page.screenshot(new Page.ScreenshotOptions()
                .setFullPage(true)
                .setPath(Path.of("target", "screenshots", "release-page.png")));
        page.close();
    }

    @AfterEach
    void what_was_seen_last() {
        if (adam != null) {
            Chromium.screenshot(adam.page(), "last-adam-charts");
        }
    }

    /** @return how far from the top an answer stands, in pixels */
    private double from(String answer) {
        return adam.page().getByLabel(answer).first().boundingBox().y;
    }

    private static void isDrawn(Locator picture) {
        picture.waitFor();
        assertThat(picture.evaluate("image => image.decode().then(() => image.naturalWidth)"))
                .as(picture.getAttribute("src"))
                .isEqualTo(640);
    }

    /** What the watcher would have written down; itself it stands still. */
    private void watchedInDoubt(Release release) {
        watcher.stop();
        var begin = Instant.parse("2026-11-25T08:00:00Z");
        for (var i = 0; i < 20; i++) {
            var at = begin.plus(BETWEEN_LOOKS.multipliedBy(i));
            var stage = i < 10 ? "step-1" : "step-2";
            var breach = i == 19;
            measured(
                    release,
                    stage,
                    "error-rate",
                    at,
                    breach ? 0.07 : 0.001 * (i % 5),
                    breach ? "INCONCLUSIVE" : "PASS");
            measured(release, stage, "latency-p95", at, 0.02 + 0.001 * (i % 3), "PASS");
            measured(release, stage, "checkout-conversion", at, i % 7 == 3 ? null : 0.94 + 0.01 * (i % 2), "PASS");
            measured(release, stage, "queue-age", at, 0.0, "PASS");
        }
    }

    private void measured(Release release, String stage, String metric, Instant at, Double value, String verdict) {
        jdbc.update(
                """
                insert into measurement (release_number, stage, metric, at, kind, metric_value, baseline, warm_up,
                    threshold, verdict, rule, words)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                release.number(),
                stage,
                metric,
                OffsetDateTime.ofInstant(at, ZoneOffset.UTC),
                value == null ? "NO_DATA" : "VALUE",
                value,
                value == null || metric.equals("queue-age") ? null : value * 0.9,
                false,
                "as agreed",
                verdict,
                verdict.equals("PASS") ? "inside its limits" : "beyond its limit once",
                verdict.equals("PASS") ? metric + " is inside its limits." : DOUBT);
    }

    /** A diagram that stands at this task, as it would in doubt. */
    private void standsAt(Release release, String process, String task) {
        runtime.createProcessInstanceByKey(process)
                .businessKey(release.id().toString())
                .setVariables(Map.of(
                        "releaseId", release.id().toString(),
                        "releaseName", release.name(),
                        "service", release.service(),
                        "version", release.version(),
                        "owner", release.owner(),
                        "requestedBy", release.requestedBy(),
                        "doubt", DOUBT))
                .startBeforeActivity(task)
                .execute();
        var asked = tasks.createTaskQuery()
                .processInstanceBusinessKey(release.id().toString())
                .taskDefinitionKey(task)
                .singleResult();
        tasks.setAssignee(asked.getId(), "adam");
    }
}
