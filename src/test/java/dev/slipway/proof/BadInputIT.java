package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.proof.Caller.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people and machines get wrong is refused in words, and harms nothing. */
class BadInputIT {

    private static final Duration NOTICED = Duration.ofSeconds(20);

    private final SlipwayProcess slipway = SlipwayProcess.shared();
    private final Conduct conduct = new Conduct(slipway);
    private final Path services = SlipwayProcess.sharedHome().resolve("services");

    @AfterEach
    void tidy() throws IOException {
        Files.deleteIfExists(services.resolve("broken.yaml"));
        Files.deleteIfExists(services.resolve("ailing.yaml"));
    }

    @Test
    void a_release_of_a_service_that_does_not_exist() {
        var answer = slipway.as("rita").post("/api/v1/releases", Conduct.request("storefrnt", "1.5.0"));

        isProblem(answer, 400);
        assertThat(answer.json().path("field").asText()).isEqualTo("service");
        assertThat(answer.json().path("detail").asText()).contains("storefrnt", "storefront");
    }

    @Test
    void a_broken_definition_is_refused_by_line_and_the_last_good_one_stays() throws IOException {
        var good = Files.readString(services.resolve("storefront.yaml"));
        var line = good.substring(0, good.indexOf("failAbove: 0.05")).lines().count();
        try {
            put("storefront.yaml", good.replace("failAbove: 0.05", "failAbove: 2.0 "));
            await().atMost(NOTICED)
                    .until(() -> slipway.log().contains("storefront.yaml:" + line + ": metrics[0].failAbove"));
            assertThat(slipway.log()).contains("its last good version stays in force");
            assertThat(problemsCounted()).isPositive();

            var id = conduct.open("storefront", "5.0.0");
            assertThat(conduct.release(id).path("service").asText()).isEqualTo("storefront");
        } finally {
            put("storefront.yaml", good);
        }
        await().atMost(NOTICED).until(() -> problemsCounted() == 0);
    }

    @Test
    void a_broken_definition_that_is_new_gives_no_service() throws IOException {
        put("broken.yaml", "service: broken\nrollout: {deployer: nonsense}\n");

        await().atMost(NOTICED).until(() -> slipway.log().contains("broken.yaml:2: rollout"));
        isProblem(slipway.as("rita").post("/api/v1/releases", Conduct.request("broken", "1.0.0")), 400);
    }

    @Test
    void the_same_request_twice_opens_one_release() {
        var key = UUID.randomUUID().toString();
        var request = Conduct.request("storefront", "5.1.0");

        var first = slipway.as("evan").post("/api/v1/releases", request, "Idempotency-Key", key);
        var second = slipway.as("evan").post("/api/v1/releases", request, "Idempotency-Key", key);

        assertThat(first.status()).isEqualTo(201);
        assertThat(second.status()).isEqualTo(200);
        assertThat(Conduct.opened(second)).isEqualTo(Conduct.opened(first));
        assertThat(first.location()).endsWith("/api/v1/releases/" + Conduct.opened(first));
    }

    @Test
    void a_rollback_by_someone_without_authority_or_before_anything_has_changed() {
        var id = conduct.open("storefront", "5.2.0");
        var reason = Map.of("reason", "I don't like it.");

        isProblem(slipway.as("sam").post("/api/v1/releases/" + id + "/rollback", reason), 403);
        isProblem(slipway.as("sam").post("/api/v1/releases/" + id + "/cancel", reason), 403);
        var tooEarly = slipway.as("rita").post("/api/v1/releases/" + id + "/rollback", reason);
        isProblem(tooEarly, 409);
        assertThat(tooEarly.text()).contains("Cancel it instead");
        isProblem(slipway.as("rita").post("/api/v1/releases/REL-999999/rollback", reason), 404);
        isProblem(slipway.as("rita").post("/api/v1/releases/" + id + "/rollback", Map.of("reason", " ")), 400);
        assertThat(conduct.release(id).path("phase").asText()).isEqualTo("PRE_RELEASE");
    }

    @Test
    void a_report_with_a_token_that_nobody_was_given() {
        var report = Map.of("state", "SUCCEEDED");

        isProblem(slipway.nobody().post("/api/v1/hooks/deployments/made-up", report), 404);
        isProblem(slipway.nobody().post("/hooks/deployments/made-up", report), 404);
    }

    @Test
    void a_metric_source_that_is_down_is_never_a_pass() throws IOException {
        var serving = conduct.sandbox().path("serving").asText();
        put("ailing.yaml", """
                service: ailing
                rollout:
                  deployer: sandbox
                  strategy: canary
                  serving: "%s"
                  steps: [{weight: 5, bake: PT3S}, {weight: 100, bake: PT3S}]
                observation: {period: PT5S, interval: PT1S}
                scrape: {url: "http://127.0.0.1:1/metrics"}
                metrics:
                  - name: error-rate
                    kind: error-rate
                    source: scrape
                    query: 'sum(rate(requests_total{version="$version"}[10s]))'
                    worseWhen: higher
                    failAbove: 0.05
                    compareWith: none
                    critical: true
                    onNoData: inconclusive
                communication: {channel: {type: in-app, name: "#ailing"}, teams: []}
                """.formatted(serving));
        await().atMost(NOTICED).until(() -> slipway.log().contains("[ailing, storefront]"));
        var id = conduct.open("ailing", "6.0.0");
        conduct.bringTo(id, "decide-go");
        conduct.answer(id, "decide-go");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> conduct.openTaskKeys(id).contains("decide-inconclusive-step"));

        assertThat(conduct.sandbox().path("weights").path("6.0.0").asDouble()).isEqualTo(5);
        assertThat(Conduct.list(conduct.measurements(id)))
                .isNotEmpty()
                .allSatisfy(measured ->
                        assertThat(measured.path("verdict").asText()).isEqualTo("INCONCLUSIVE"));
        assertThat(conduct.timeline(id)).contains("did not answer");
        slipway.as("adam")
                .post("/api/v1/releases/" + id + "/rollback", Map.of("reason", "Nothing is known of it."))
                .fine();
        await().atMost(Duration.ofSeconds(30))
                .until(() -> conduct.sandbox().path("weights").path("6.0.0").asDouble() == 0);
    }

    private double problemsCounted() {
        return slipway.as("rita")
                .get("/actuator/prometheus")
                .fine()
                .text()
                .lines()
                .filter(line -> line.startsWith("slipway_services_problems "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** As a whole: the catalogue must not see a half. */
    private void put(String name, String text) throws IOException {
        var next = Files.writeString(services.resolve(name + ".next"), text);
        Files.move(next, services.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void isProblem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().path("status").asInt()).isEqualTo(status);
        assertThat(answer.json().path("title").asText()).isNotBlank();
        assertThat(answer.json().path("detail").asText()).isNotBlank();
        assertThat(answer.json().path("instance").asText()).startsWith("/");
    }
}
