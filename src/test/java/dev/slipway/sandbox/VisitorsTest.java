package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VisitorsTest {

    @TempDir
    Path directory;

    @Test
    void visitors_do_everything_through_the_router() {
        try (var sandbox = RunningSandbox.withVisitors(directory, 200, 64)) {
            sandbox.deploy("1.1.0");
            sandbox.shift("1.1.0", 25);

            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sandbox.metric("storefront_requests_seconds_count") >= 300);

            var candidate = sandbox.metric("storefront_requests_seconds_count", "version=\"1.1.0\"");
            assertThat(candidate / sandbox.metric("storefront_requests_seconds_count"))
                    .isBetween(0.15, 0.35);
            assertThat(sandbox.metric("storefront_checkouts_total", "version=\"1.0.0\""))
                    .isPositive();
            assertThat(sandbox.metric("storefront_signups_total", "version=\"1.0.0\""))
                    .isPositive();
            assertThat(sandbox.metric("storefront_requests_seconds_count", "status=\"500\""))
                    .isZero();
        }
    }

    @Test
    void no_more_visitors_wait_than_allowed() {
        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.breaks("1.0.0", "latency", 1);
        }

        try (var sandbox = RunningSandbox.withVisitors(directory, 500, 3)) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> sandbox.metric("storefront_requests_seconds_count") >= 3);

            // Three at a time, each for a second: without the limit there would soon be hundreds.
            assertThat(sandbox.metric("storefront_requests_seconds_count")).isLessThan(10);
        }
    }
}
