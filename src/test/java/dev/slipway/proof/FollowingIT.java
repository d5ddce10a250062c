package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Releases by a workflow that nobody hears of unless he asks. Slipway is killed while runs begin, and while they run. */
@Tag("long")
class FollowingIT {

    private static EmbeddedPostgres postgres;
    private static PlayedGitHub gitHub;
    private static Path home;
    private static SlipwayProcess slipway;

    @BeforeAll
    static void start() throws IOException {
        postgres = SlipwayProcess.postgres();
        gitHub = new PlayedGitHub();
        home = SlipwayProcess.home();
        Files.writeString(home.resolve("services/shop.yaml"), """
                service: shop
                owner: {group: engineering, releaseAuthority: release-authority}
                onCall: {people: [olga]}
                rollout:
                  deployer: github-actions
                  strategy: canary
                  serving: "1.0.0"
                  reportWithin: PT2M
                  steps: [{weight: 5, bake: PT5S}, {weight: 100, bake: PT5S}]
                  github-actions:
                    url: "%1$s"
                    repository: acme/shop
                    workflow: deploy.yml
                    token: "${played.token}"
                    stateUrl: "%1$s/weight?version={version}"
                observation: {period: PT3S, interval: PT1S}
                json: {url: "%1$s/metrics"}
                metrics:
                  - {name: error-rate, kind: error-rate, source: json, query: "$.errorRate", unit: ratio,
                     worseWhen: higher, failAbove: 0.05, critical: true}
                """.formatted(gitHub.url()));
        slipway = SlipwayProcess.start(home, settings());
    }

    @AfterAll
    static void stop() throws IOException {
        if (slipway != null) {
            slipway.close();
        }
        gitHub.close();
        postgres.close();
    }

    private static List<String> settings() {
        var settings = new ArrayList<>(SlipwayProcess.onPostgres(postgres, home));
        settings.add("--camunda.bpm.job-execution.lock-time-in-millis=5000");
        settings.add("--slipway.following.interval=1s");
        settings.add("--slipway.placeholders.played.token=" + PlayedGitHub.TOKEN);
        return settings;
    }

    @Test
    void killed_between_call_and_commit_no_run_is_started_twice_and_no_shift_is_lost() {
        var id = atGo("2.0.0");
        gitHub.answersAfter(Duration.ofSeconds(3));
        new Conduct(slipway).answer(id, "decide-go");
        killedOnceGitHubStarted(id + ":shift:0");
        gitHub.answersAfter(Duration.ZERO);
        restarted();

        new Conduct(slipway).bringToEnd(id);

        assertThat(new Conduct(slipway).release(id).path("outcome").asText()).isEqualTo("SUCCESSFUL");
        assertThat(runsOf(id)).containsExactly(id + ":deploy", id + ":shift:0", id + ":shift:1");
        assertThat(gitHub.weight()).isEqualTo(100);
        assertThat(new Conduct(slipway).timeline(id)).contains("https://github.example/acme/shop/actions/runs/");
        assertThat(slipway.log()).doesNotContain(PlayedGitHub.TOKEN);
    }

    @Test
    void what_ended_while_nobody_looked_is_heard_after_the_restart_and_leads_back() {
        var id = atGo("2.1.0");
        gitHub.holds(key -> key.equals(id + ":shift:1"));
        new Conduct(slipway).answer(id, "decide-go");
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            // On a busy machine a short bake may not tell.
            new Conduct(slipway).answer(id, "decide-inconclusive-step");
            assertThat(new Conduct(slipway).timeline(id)).contains("100 % of traffic to shop 2.1.0 was ordered");
        });
        slipway.kill();
        gitHub.ends(key -> key.equals(id + ":shift:1"), "timed_out");
        restarted();

        var conduct = new Conduct(slipway);
        conduct.reaches(id, "FINAL_STATUS");
        conduct.bringToEnd(id);

        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("ROLLED_BACK");
        assertThat(conduct.timeline(id)).contains("the run ended as timed_out");
        assertThat(runsOf(id)).containsExactly(id + ":deploy", id + ":shift:0", id + ":shift:1", id + ":rollback:1");
        assertThat(gitHub.weight()).isZero();
    }

    private static String atGo(String version) {
        var conduct = new Conduct(slipway);
        var id = conduct.open("shop", version);
        conduct.bringTo(id, "decide-go");
        return id;
    }

    private static List<String> runsOf(String id) {
        return gitHub.started().stream().filter(key -> key.startsWith(id + ":")).toList();
    }

    /** GitHub has not answered yet, so the engine can't have stored anything of it. */
    private static void killedOnceGitHubStarted(String key) {
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> gitHub.started().contains(key));
        slipway.kill();
    }

    private static void restarted() {
        slipway = SlipwayProcess.start(home, settings());
    }
}
