package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole releases, from the request to the lesson, over HTTP and on PostgreSQL. */
class ReleaseOnPostgresIT {

    private final SlipwayProcess slipway = SlipwayProcess.shared();
    private final Conduct conduct = new Conduct(slipway);

    @Test
    void a_healthy_version_gets_all_traffic_step_by_step() {
        var id = conduct.open("storefront", "2.0.0");
        assertThat(conduct.decision(id)).isEqualTo("WAIT");
        conduct.bringTo(id, "decide-go");
        assertThat(conduct.gate(id).path("reasons").toString()).contains("Waits for erin");
        var pipeline = slipway.as("evan").getLater("/api/v1/releases/" + id + "/gate?wait=PT30S");

        conduct.answer(id, "decide-go");

        assertThat(pipeline.join().json().path("decision").asText()).isEqualTo("GO");
        conduct.reaches(id, "OBSERVATION");
        alertsThatHaveNothingToDoWithIt(id);
        conduct.bringToEnd(id);
        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("SUCCESSFUL");
        assertThat(conduct.orders("2.0.0"))
                .containsExactly("DEPLOY x 1", "SHIFT 5 x 1", "SHIFT 25 x 1", "SHIFT 100 x 1");
        assertThat(conduct.sandbox().path("serving").asText()).isEqualTo("2.0.0");
        assertThat(conduct.sandbox().path("weights").path("2.0.0").asDouble()).isEqualTo(100);
        assertThat(Conduct.list(conduct.measurements(id)))
                .anySatisfy(
                        measured -> assertThat(measured.path("stage").asText()).isEqualTo("step-1"))
                .noneSatisfy(measured ->
                        assertThat(measured.path("verdict").asText()).isEqualTo("FAIL"));
        assertThat(conduct.timeline(id)).contains("storefront 2.0.0 was successful", "2.0.0 serves all traffic");
        assertThat(conduct.decision(id)).isEqualTo("GO");
    }

    private void alertsThatHaveNothingToDoWithIt(String id) {
        var received = slipway.alertmanager()
                .post(
                        "/api/v1/hooks/alertmanager",
                        Map.of(
                                "version",
                                "4",
                                "alerts",
                                List.of(
                                        alert("DiskFull", Map.of("instance", "db-1")),
                                        alert("OldTrouble", Map.of("service", "storefront")))))
                .fine()
                .json();

        assertThat(received.path("matched").asInt()).isEqualTo(1);
        assertThat(received.path("heard").asInt()).isZero();
        assertThat(conduct.timeline(id))
                .contains("Alert was firing before the release already: OldTrouble")
                .doesNotContain("DiskFull");
    }

    private static Map<String, Object> alert(String name, Map<String, String> others) {
        var labels = new HashMap<>(others);
        labels.put("alertname", name);
        return Map.of(
                "status",
                "firing",
                "labels",
                labels,
                "annotations",
                Map.of(),
                "startsAt",
                "2026-01-05T08:00:00Z",
                "endsAt",
                "0001-01-01T00:00:00Z",
                "fingerprint",
                name);
    }

    @Test
    void a_faulty_version_is_hauled_back_by_nobody_and_the_next_release_is_asked_what_it_taught() {
        var before = conduct.sandbox().path("serving").asText();
        conduct.breaks("2.1.0", "errors", 0.3);
        var id = conduct.open("storefront", "2.1.0");
        conduct.bringTo(id, "decide-go");
        conduct.answer(id, "decide-go");

        conduct.reaches(id, "FINAL_STATUS");

        assertThat(fromBreachToRollback(id)).isPositive().isLessThan(Duration.ofSeconds(15));
        assertThat(conduct.orders("2.1.0"))
                .startsWith("DEPLOY x 1", "SHIFT 5 x 1")
                .endsWith("ROLL_BACK x 1")
                .doesNotHaveDuplicates()
                .doesNotContain("SHIFT 100 x 1");
        assertThat(conduct.sandbox().path("weights").path(before).asDouble()).isEqualTo(100);
        assertThat(conduct.decision(id)).isNotEqualTo("GO");
        assertThat(Conduct.list(conduct.measurements(id))).anySatisfy(measured -> {
            assertThat(measured.path("metric").asText()).isEqualTo("error-rate");
            assertThat(measured.path("verdict").asText()).isEqualTo("FAIL");
            assertThat(measured.path("rule").asText()).isEqualTo("above its absolute ceiling");
        });
        conduct.bringToEnd(id);
        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("ROLLED_BACK");
        assertThat(conduct.decision(id)).isEqualTo("NO_GO");
        assertThat(conduct.timeline(id))
                .contains("storefront 2.1.0 was rolled back", "This is how it ended.", "Learned for the next release");

        cancelsTheNextOneThatIsAsked("Is the shop tried with a full cart?");
    }

    /** @return from the first verdict FAIL until the deployer has given all traffic back */
    private Duration fromBreachToRollback(String id) {
        var took = Duration.between(told(id, "Verdict FAIL in"), told(id, "All traffic is back on"));
        System.out.println("From breach to traffic back: " + took.toMillis() + " ms");
        return took;
    }

    private Instant told(String id, String beginning) {
        return Conduct.list(slipway.as("erin")
                        .get("/api/v1/releases/" + id + "/timeline")
                        .fine()
                        .json())
                .stream()
                .filter(entry -> entry.path("what").asText().startsWith(beginning))
                .map(entry -> Instant.parse(entry.path("time").asText()))
                .min(Comparator.naturalOrder())
                .orElseThrow(() -> new AssertionError("Nobody told: " + beginning));
    }

    private void cancelsTheNextOneThatIsAsked(String check) {
        var id = conduct.open("storefront", "2.2.0");
        conduct.bringTo(id, "confirm-learned-checks");
        assertThat(briefingOf(id, "confirm-learned-checks")).contains(check);
        conduct.bringTo(id, "approve-readiness");

        slipway.as("erin")
                .post("/api/v1/releases/" + id + "/cancel", Map.of("reason", "Not this week."))
                .fine();

        conduct.reaches(id, "CLOSED");
        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("CANCELLED");
        assertThat(conduct.decision(id)).isEqualTo("NO_GO");
        assertThat(conduct.orders("2.2.0")).isEqualTo(List.of());
        assertThat(conduct.timeline(id)).contains("Not this week.", "Nothing has changed");
    }

    private String briefingOf(String id, String key) {
        return conduct.openTasks(id).stream()
                .filter(task -> task.path("taskDefinitionKey").asText().equals(key))
                .map(conduct::briefing)
                .findFirst()
                .orElseThrow();
    }
}
