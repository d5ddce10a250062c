package dev.slipway.observation;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Counts;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import dev.slipway.catalog.Settings;
import java.time.Duration;
import java.util.List;

/** Metrics and definitions for tests: one thing is said, the rest is usual. */
public final class Metrics {

    private Metrics() {}

    public static Metric errorRate() {
        return metric("error-rate", MetricKind.ERROR_RATE, 0.02, CompareWith.NONE);
    }

    public static Metric latency() {
        return metric("latency", MetricKind.LATENCY, null, CompareWith.BASELINE);
    }

    public static Metric metric(String name, MetricKind kind, Double failAbove, CompareWith compareWith) {
        return new Metric(
                name,
                kind,
                "fake",
                name + "{version=\"$version\"}",
                null,
                null,
                null,
                WorseWhen.HIGHER,
                failAbove,
                null,
                compareWith,
                null,
                null,
                true,
                1,
                false,
                false,
                OnNoData.INCONCLUSIVE,
                Settings.NONE);
    }

    public static Metric immediate(Metric m) {
        return copy(m, m.minimumSample(), m.critical(), true, m.dryRun(), m.onNoData(), m.failAbove(), m.tolerance());
    }

    public static Metric advisory(Metric m) {
        return copy(m, m.minimumSample(), false, m.immediate(), m.dryRun(), m.onNoData(), m.failAbove(), m.tolerance());
    }

    public static Metric weighing(Metric m, double weight) {
        return new Metric(
                m.name(),
                m.kind(),
                m.source(),
                m.query(),
                m.counts(),
                m.sampleQuery(),
                m.unit(),
                m.worseWhen(),
                m.failAbove(),
                m.failBelow(),
                m.compareWith(),
                m.tolerance(),
                m.minimumSample(),
                m.critical(),
                weight,
                m.immediate(),
                m.dryRun(),
                m.onNoData(),
                m.settings());
    }

    public static Metric withUnit(Metric m, String unit) {
        return new Metric(
                m.name(),
                m.kind(),
                m.source(),
                m.query(),
                m.counts(),
                m.sampleQuery(),
                unit,
                m.worseWhen(),
                m.failAbove(),
                m.failBelow(),
                m.compareWith(),
                m.tolerance(),
                m.minimumSample(),
                m.critical(),
                m.weight(),
                m.immediate(),
                m.dryRun(),
                m.onNoData(),
                m.settings());
    }

    /** A share of failed requests, compared and without a limit of its own. */
    public static Metric failedShare(CompareWith compareWith) {
        return new Metric(
                "failed",
                MetricKind.ERROR_RATE,
                "fake",
                null,
                new Counts("failed{version=\"$version\"}", "requests{version=\"$version\"}"),
                null,
                "ratio",
                WorseWhen.HIGHER,
                null,
                null,
                compareWith,
                null,
                null,
                true,
                1,
                false,
                false,
                OnNoData.INCONCLUSIVE,
                Settings.NONE);
    }

    public static Metric dryRun(Metric m) {
        return copy(
                m, m.minimumSample(), m.critical(), m.immediate(), true, m.onNoData(), m.failAbove(), m.tolerance());
    }

    public static Metric failingWithoutData(Metric m) {
        return copy(
                m,
                m.minimumSample(),
                m.critical(),
                m.immediate(),
                m.dryRun(),
                OnNoData.FAIL,
                m.failAbove(),
                m.tolerance());
    }

    public static Metric withMinimumSample(Metric m, double sample) {
        return copy(m, sample, m.critical(), m.immediate(), m.dryRun(), m.onNoData(), m.failAbove(), m.tolerance());
    }

    public static Metric withCeiling(Metric m, double ceiling) {
        return copy(
                m, m.minimumSample(), m.critical(), m.immediate(), m.dryRun(), m.onNoData(), ceiling, m.tolerance());
    }

    public static Metric withTolerance(Metric m, double tolerance) {
        return copy(
                m, m.minimumSample(), m.critical(), m.immediate(), m.dryRun(), m.onNoData(), m.failAbove(), tolerance);
    }

    private static Metric copy(
            Metric m,
            Double minimumSample,
            boolean critical,
            boolean immediate,
            boolean dryRun,
            OnNoData onNoData,
            Double failAbove,
            Double tolerance) {
        return new Metric(
                m.name(),
                m.kind(),
                m.source(),
                m.query(),
                m.counts(),
                minimumSample == null ? m.sampleQuery() : "requests{version=\"$version\"}",
                m.unit(),
                m.worseWhen(),
                failAbove,
                m.failBelow(),
                m.compareWith(),
                tolerance,
                minimumSample,
                critical,
                m.weight(),
                immediate,
                dryRun,
                onNoData,
                m.settings());
    }

    public static ServiceDefinition service(Metric... metrics) {
        return SampleService.called("checkout")
                .with(new ServiceDefinition.Owner("team-checkout", "checkout-leads"))
                .with(new ServiceDefinition.OnCall(null, List.of("alice")))
                .with(new ServiceDefinition.Rollout(
                        "fake",
                        Strategy.CANARY,
                        List.of(
                                new ServiceDefinition.Step(5, Duration.ofSeconds(60)),
                                new ServiceDefinition.Step(100, Duration.ofSeconds(30))),
                        Duration.ofMinutes(5),
                        "1.0.0"))
                .with(new ServiceDefinition.Observation(Duration.ofMinutes(5), Duration.ofSeconds(10)))
                .with(metrics)
                .definition();
    }
}
