package dev.slipway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.slipway.release.Refusal;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

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
    void errors_answer_that_share_of_requests_with_500() {
        sandbox.breaks("1.0.0", "errors", 0.3);
        sandbox.visit("/browse", 20);

        assertThat(sandbox.metric("storefront_requests_seconds_count", "status=\"500\""))
                .isEqualTo(6);
        assertThat(sandbox.metric("storefront_requests_seconds_count", "status=\"200\""))
                .isEqualTo(14);
    }

    @Test
    void latency_makes_every_answer_slower() {
        sandbox.breaks("1.0.0", "latency", 0.3);
        sandbox.visit("/browse", 2);

        assertThat(sandbox.metric("storefront_requests_seconds_bucket", "endpoint=\"browse\"", "le=\"0.25\""))
                .isZero();
        assertThat(sandbox.metric("storefront_requests_seconds_sum")).isGreaterThan(0.6);
    }

    @Test
    void conversion_loses_checkouts_behind_a_friendly_answer() {
        sandbox.breaks("1.0.0", "conversion", 1);

        assertThat(sandbox.get("/checkout").statusCode()).isEqualTo(200);
        assertThat(sandbox.metric("storefront_checkout_attempts_total")).isEqualTo(1);
        assertThat(sandbox.metric("storefront_checkouts_total")).isZero();
    }

    @Test
    void queue_lets_checkouts_wait_and_grow_old() {
        sandbox.breaks("1.0.0", "queue", 1);
        sandbox.visit("/checkout", 5);

        assertThat(sandbox.metric("storefront_queue_depth")).isEqualTo(5);
        await().atMost(Duration.ofSeconds(5)).until(() -> sandbox.metric("storefront_queue_oldest_age_seconds") > 0.3);
    }

    @Test
    void a_queue_recovers_once_the_fault_is_gone() {
        sandbox.breaks("1.0.0", "queue", 1);
        sandbox.visit("/checkout", 5);
        sandbox.breaks("1.0.0", "none", 0);

        await().atMost(Duration.ofSeconds(5)).until(() -> sandbox.metric("storefront_queue_depth") == 0);
        assertThat(sandbox.metric("storefront_queue_oldest_age_seconds")).isZero();
    }

    @Test
    void a_fault_may_be_set_before_its_version_is_deployed() {
        sandbox.breaks("1.1.0", "errors", 1);
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 100);

        assertThat(sandbox.get("/browse").statusCode()).isEqualTo(500);
    }

    @Test
    void a_fault_touches_its_own_version_only() {
        sandbox.breaks("1.1.0", "errors", 1);
        sandbox.deploy("1.1.0");
        sandbox.shift("1.1.0", 25);
        sandbox.visit("/browse", 20);

        assertThat(sandbox.metric("storefront_requests_seconds_count", "version=\"1.0.0\"", "status=\"500\""))
                .isZero();
        assertThat(sandbox.metric("storefront_requests_seconds_count", "version=\"1.1.0\"", "status=\"500\""))
                .isEqualTo(5);
    }

    @Test
    void an_unknown_kind_is_refused() {
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> sandbox.breaks("1.1.0", "gremlins", 1))
                .withMessage("kind: \"gremlins\" is not a fault. Use one of errors, latency, conversion, queue, none.")
                .extracting(Refusal.BadInput::field)
                .isEqualTo("kind");
        assertThat(sandbox.controller.look().faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
    void an_intensity_out_of_range_is_refused(double intensity) {
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> sandbox.breaks("1.1.0", "errors", intensity))
                .extracting(Refusal.BadInput::field)
                .isEqualTo("intensity");
    }

    @Test
    void what_is_missing_is_named() {
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> Fault.of("errors", null))
                .withMessageContaining("intensity is missing");
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> Fault.of(null, 1.0))
                .withMessageContaining("kind: nothing is not a fault");
    }

    @Test
    void a_version_that_is_none_is_refused() {
        assertThatExceptionOfType(Refusal.BadInput.class)
                .isThrownBy(() -> sandbox.breaks("1.1.0\" oops", "errors", 1))
                .extracting(Refusal.BadInput::field)
                .isEqualTo("version");
    }
}
