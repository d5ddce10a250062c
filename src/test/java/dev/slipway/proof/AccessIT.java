package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in at the doors of the running application. */
class AccessIT {

    private final SlipwayProcess slipway = SlipwayProcess.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/releases",
                "/api/v1/releases/REL-1",
                "/api/v1/releases/REL-1/timeline",
                "/api/v1/calendar.ics",
                "/engine-rest/engine",
                "/engine-rest/task",
                "/engine-rest/process-definition",
                "/engine-rest/user",
                "/actuator",
                "/actuator/info",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/v3/api-docs.yaml",
                "/swagger-ui.html",
                "/swagger-ui/index.html",
                "/sandbox",
                "/camunda/api/engine/engine/default/task",
                "/camunda/api/engine/engine/default/process-definition",
                "/camunda/api/engine/engine/default/user",
                "/camunda/api/cockpit/plugin/base/default/process-definition/statistics",
                "/no-such-page"
            })
    void nobody_gets_in_without_a_login(String path) {
        var answer = slipway.nobody().get(path);

        assertThat(answer.status()).as(path + ": " + answer.text()).isEqualTo(401);
    }

    @Test
    void nobody_makes_themselves_the_first_administrator() {
        assertThat(slipway.nobody().get("/camunda/api/admin/auth/user/default").status())
                .isEqualTo(404);
        assertThat(slipway.nobody()
                        .post(
                                "/camunda/api/admin/setup/default/user/create",
                                Map.of("profile", Map.of("id", "mallory"), "credentials", Map.of("password", "x")))
                        .status())
                .isEqualTo(403);
        assertThat(slipway.admin().get("/engine-rest/user?id=mallory").fine().json())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/actuator/health",
                "/actuator/health/liveness",
                "/actuator/health/readiness",
                "/camunda/app/welcome/default/",
                "/camunda/app/tasklist/default/",
                "/camunda/app/cockpit/default/"
            })
    void some_doors_are_open(String path) {
        assertThat(slipway.nobody().get(path).status()).as(path).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/releases",
                "/engine-rest/task",
                "/actuator/prometheus",
                "/v3/api-docs",
                "/swagger-ui/index.html"
            })
    void whoever_has_a_login_gets_in(String path) {
        assertThat(slipway.as("sam").get(path).status()).as(path).isEqualTo(200);
    }

    @Test
    void participants_see_their_own_and_their_groups_tasks_only() {
        var conduct = new Conduct(slipway);
        var id = conduct.open("storefront", "4.0.0");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> !conduct.openTasks(id).isEmpty());
        var all = "/engine-rest/task?processInstanceBusinessKey=" + id;

        assertThat(names(slipway.as("sam"), all)).isEmpty();
        assertThat(names(slipway.as("quentin"), all)).containsExactly("confirm-tests");
        assertThat(names(slipway.as("erin"), all)).contains("accept-ownership", "confirm-scope");
        assertThat(Conduct.list(
                        slipway.as("sam").get("/engine-rest/user").fine().json()))
                .singleElement()
                .satisfies(user -> assertThat(user.path("id").asText()).isEqualTo("sam"));

        var confirmTests = conduct.openTasks(id).stream()
                .filter(task -> task.path("taskDefinitionKey").asText().equals("confirm-tests"))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
        var own = "/engine-rest/task/" + confirmTests;
        assertThat(slipway.as("sam").get(own).status()).isEqualTo(404);
        assertThat(slipway.as("sam")
                        .post(own + "/claim", Map.of("userId", "sam"))
                        .status())
                .isEqualTo(403);
        assertThat(conduct.submit("sam", confirmTests, Map.of("testsDecision", "confirmed"))
                        .status())
                .isEqualTo(403);
        assertThat(slipway.as("quentin").get(own).status()).isEqualTo(200);
    }

    @Test
    void participants_change_nothing_in_the_engine() {
        assertThat(slipway.as("sam")
                        .post("/engine-rest/process-definition/key/release/start", Map.of())
                        .status())
                .isEqualTo(403);
        assertThat(slipway.as("sam")
                        .put("/sandbox/faults/9.9.9", Map.of("kind", "none"))
                        .status())
                .isEqualTo(403);
        assertThat(slipway.as("sam")
                        .post(
                                "/engine-rest/user/create",
                                Map.of(
                                        "profile", Map.of("id", "mallory"),
                                        "credentials", Map.of("password", "x")))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void the_users_of_the_sample_exist_in_the_sandbox_only() {
        var home = SlipwayProcess.home();
        try (var bare = SlipwayProcess.start(
                home,
                List.of(
                        "--spring.datasource.url=jdbc:h2:mem:bare;DB_CLOSE_DELAY=-1",
                        "--slipway.services-dir=" + home.resolve("services")))) {
            assertThat(bare.as("sam").get("/api/v1/releases").status()).isEqualTo(401);
            assertThat(bare.as("rita").get("/api/v1/releases").status()).isEqualTo(401);
            assertThat(bare.nobody().get("/api/v1/releases").status()).isEqualTo(401);

            var users = bare.admin().get("/engine-rest/user").fine().json();
            assertThat(Conduct.list(users))
                    .singleElement()
                    .satisfies(user -> assertThat(user.path("id").asText()).isEqualTo("admin"));
            assertThat(bare.admin().get("/sandbox").status()).isEqualTo(404);
        }
    }

    private static List<String> names(Caller caller, String path) {
        return Conduct.list(caller.get(path).fine().json()).stream()
                .map(task -> task.path("taskDefinitionKey").asText())
                .toList();
    }
}
