package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code services/storefront.yaml} says of the storefront's metrics is true of the storefront. */
class StorefrontDefinitionTest {

    private static final String CANDIDATE = "version=\"1.1.0\"";

    @TempDir
    Path directory;

    @Test
    void every_series_that_is_asked_for_exists() throws IOException {
        var definition = Files.readString(Path.of("services", "storefront.yaml"));
        try (var sandbox = RunningSandbox.in(directory)) {
            sandbox.visit("/checkout", 1);
            var metrics = sandbox.get("/metrics").body();

            assertThat(Pattern.compile("(storefront_\\w+)\\{")
                            .matcher(definition)
                            .results()
                            .map(match -> match.group(1)))
                    .hasSizeGreaterThanOrEqualTo(9)
                    .allSatisfy(name -> assertThat(metrics).contains("\n" + name + "{"));
        }
    }

    @Test
    void a_release_without_trouble_is_rolled_out_and_observed_in_less_than_two_minutes() throws IOException {
        var definition = Files.readString(Path.of("services", "storefront.yaml"));
        var seconds = Pattern.compile("(?:bake|period): PT(\\d+)S")
                .matcher(definition)
                .results()
                .mapToInt(match -> Integer.parseInt(match.group(1)))
                .toArray();

        assertThat(seconds).hasSize(4);
        assertThat(IntStream.of(seconds).sum()).isLessThan(120);
    }

    @Test
    void a_healthy_version_stays_within_all_limits() {
        try (var sandbox = atFivePercent("none", 0)) {
            // The 95th percentile is limited: a pause of a cold machine may slow one request in twenty, not more for
            // long.
            within10Seconds(() -> requests(sandbox) >= 40 && slowerThanTheLimit(sandbox) < 0.05);

            assertThat(errors(sandbox)).isZero();
            assertThat(conversion(sandbox)).isGreaterThan(0.85);
            assertThat(sandbox.metric("storefront_queue_oldest_age_seconds", CANDIDATE))
                    .isLessThan(4);
        }
    }

    @Test
    void a_third_of_errors_crosses_the_limit_at_five_percent() {
        try (var sandbox = atFivePercent("errors", 0.3)) {
            within10Seconds(() -> requests(sandbox) >= 20);

            assertThat(errors(sandbox) / requests(sandbox)).isGreaterThan(0.05);
        }
    }

    @Test
    void latency_crosses_the_limit_at_five_percent() {
        try (var sandbox = atFivePercent("latency", 1)) {
            within10Seconds(() -> requests(sandbox) >= 20);

            assertThat(slowerThanTheLimit(sandbox)).isEqualTo(1);
        }
    }

    @Test
    void lost_checkouts_cross_the_limit_at_five_percent() {
        try (var sandbox = atFivePercent("conversion", 1)) {
            within10Seconds(() -> sandbox.metric("storefront_checkout_attempts_total", CANDIDATE) >= 8);

            assertThat(conversion(sandbox)).isZero();
        }
    }

    @Test
    void a_dead_worker_crosses_the_limit_at_five_percent() {
        try (var sandbox = atFivePercent("queue", 1)) {
            within10Seconds(() -> sandbox.metric("storefront_queue_oldest_age_seconds", CANDIDATE) > 4);
        }
    }

    private RunningSandbox atFivePercent(String kind, double intensity) {
        var sandbox = RunningSandbox.withVisitors(directory, 300, 64);
        sandbox.breaks("1.1.0", kind, intensity);
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 5);
        return sandbox;
    }

    private static void within10Seconds(BooleanSupplier what) {
        await().atMost(Duration.ofSeconds(10)).until(what::getAsBoolean);
    }

    private static double requests(RunningSandbox sandbox) {
        return sandbox.metric("storefront_requests_seconds_count", CANDIDATE);
    }

    private static double errors(RunningSandbox sandbox) {
        return sandbox.metric("storefront_requests_seconds_count", CANDIDATE, "status=\"500\"");
    }

    private static double slowerThanTheLimit(RunningSandbox sandbox) {
        var fast = sandbox.metric("storefront_requests_seconds_bucket", CANDIDATE, "le=\"0.5\"");
        var all = sandbox.metric("storefront_requests_seconds_bucket", CANDIDATE, "le=\"+Inf\"");
        return (all - fast) / all;
    }

    private static double conversion(RunningSandbox sandbox) {
        return sandbox.metric("storefront_checkouts_total", CANDIDATE)
                / sandbox.metric("storefront_checkout_attempts_total", CANDIDATE);
    }
}
