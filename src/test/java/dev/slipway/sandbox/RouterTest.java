package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {

    @TempDir
    Path directory;

    private RunningSandbox sandbox;

    @BeforeEach
    void start() {
        sandbox = RunningSandbox.in(directory);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void the_first_version_serves_from_the_start() {
        assertThat(sandbox.visit("/browse", 3)).containsOnlyKeys("1.0.0").containsEntry("1.0.0", 3L);
    }

    @Test
    void a_deployed_version_is_visited_by_nobody() {
        sandbox.deploy("1.1.0");

        assertThat(sandbox.visit("/browse", 20)).containsOnlyKeys("1.0.0");
        assertThat(sandbox.metric("storefront_requests_seconds_count", "version=\"1.1.0\""))
                .isZero();
        assertThat(sandbox.get("/metrics").body()).doesNotContain("queue_depth{version=\"1.1.0\"");
    }

    @Test
    void weights_hold_over_real_requests() {
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 25);

        assertThat(sandbox.visit("/browse", 80)).containsEntry("1.1.0", 20L).containsEntry("1.0.0", 60L);
    }

    @Test
    void every_series_of_the_storefront_names_its_version() {
        sandbox.visit("/checkout", 1);

        assertThat(sandbox.get("/metrics").body().lines().filter(line -> !line.startsWith("#")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line).startsWith("storefront_").contains("version=\"1.0.0\""));
    }

    @Test
    void each_kind_of_visit_is_counted() {
        sandbox.visit("/browse", 2);
        sandbox.visit("/checkout", 20);
        sandbox.visit("/sign-up", 3);

        assertThat(sandbox.metric("storefront_requests_seconds_count", "endpoint=\"browse\"", "status=\"200\""))
                .isEqualTo(2);
        assertThat(sandbox.metric("storefront_requests_seconds_bucket", "endpoint=\"browse\"", "le=\"+Inf\""))
                .isEqualTo(2);
        assertThat(sandbox.metric("storefront_checkout_attempts_total")).isEqualTo(20);
        assertThat(sandbox.metric("storefront_checkouts_total")).isEqualTo(19);
        assertThat(sandbox.metric("storefront_signups_total")).isEqualTo(3);
    }

    @Test
    void a_wrong_path_or_method_is_told_so() {
        assertThat(sandbox.get("/basket").statusCode()).isEqualTo(404);
        assertThat(sandbox.get("/basket").body()).contains("/checkout");
    }

    @Test
    void a_version_that_was_replaced_twice_leaves_no_series() {
        sandbox.visit("/checkout", 1);
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 100);
        sandbox.deploy("1.2.0");

        assertThat(sandbox.get("/metrics").body())
                .doesNotContain("version=\"1.0.0\"")
                .contains("version=\"1.2.0\"");
    }
}
