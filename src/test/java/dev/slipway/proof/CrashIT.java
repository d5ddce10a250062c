package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A killed process leaves releases where its successor finds them. It is killed the moment an order was carried out. */
class CrashIT {

    private static EmbeddedPostgres postgres;
    private static Path home;
    private static SlipwayProcess slipway;

    @BeforeAll
    static void start() {
        postgres = SlipwayProcess.postgres();
        home = SlipwayProcess.home();
        slipway = SlipwayProcess.start(home, settings());
    }

    @AfterAll
    static void stop() throws IOException {
        slipway.close();
        postgres.close();
    }

    private static List<String> settings() {
        var settings = new ArrayList<>(SlipwayProcess.onPostgres(postgres, home));
        settings.add("--camunda.bpm.job-execution.lock-time-in-millis=5000");
        return settings;
    }

    /** HaproxyReleaseIT kills a rollout too. */
    @Tag("long")
    @Test
    void a_rollout_goes_on_where_it_was_killed() {
        var id = atGo("3.0.0");
        goes(id);
        killedOnceTheSandboxKnows("\"weight\" : 25.0");
        restarted();

        var conduct = new Conduct(slipway);
        conduct.bringToEnd(id);
        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("SUCCESSFUL");
        assertThat(conduct.orders("3.0.0"))
                .containsExactly("DEPLOY x 1", "SHIFT 5 x 1", "SHIFT 25 x 1", "SHIFT 100 x 1");
        assertThat(conduct.sandbox().path("weights").path("3.0.0").asDouble()).isEqualTo(100);
    }

    @Test
    void a_rollback_goes_on_where_it_was_killed() {
        var before = new Conduct(slipway).sandbox().path("serving").asText();
        new Conduct(slipway).breaks("3.1.0", "errors", 0.3);
        var id = atGo("3.1.0");
        goes(id);
        killedOnceTheSandboxKnows("\"kind\" : \"ROLL_BACK\"");
        restarted();

        var conduct = new Conduct(slipway);
        conduct.reaches(id, "FINAL_STATUS");
        conduct.bringToEnd(id);
        assertThat(conduct.release(id).path("outcome").asText()).isEqualTo("ROLLED_BACK");
        assertThat(conduct.orders("3.1.0")).endsWith("ROLL_BACK x 1").doesNotHaveDuplicates();
        assertThat(conduct.sandbox().path("weights").path(before).asDouble()).isEqualTo(100);
    }

    private static String atGo(String version) {
        var conduct = new Conduct(slipway);
        var id = conduct.open("storefront", version);
        conduct.bringTo(id, "decide-go");
        return id;
    }

    private static void goes(String id) {
        new Conduct(slipway).answer(id, "decide-go");
    }

    /** The engine has not stored yet that the order was carried out, or has only just done so. */
    private static void killedOnceTheSandboxKnows(String text) {
        await().atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> state().contains(text));
        slipway.kill();
    }

    private static String state() {
        try {
            var file = home.resolve("sandbox/sandbox.json");
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void restarted() {
        slipway = SlipwayProcess.start(home, settings());
    }
}
