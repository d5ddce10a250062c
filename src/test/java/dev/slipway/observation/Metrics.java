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
import java.util.function.Consumer;

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
        var usual = new Metric(
                name,
                kind,
                "fake",
                name + "{version=\"$version\"}",
                null,
                null,
                null,
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
        return failAbove == null ? usual : withCeiling(usual, failAbove);
    }

    /** A share of failed requests, compared and without a limit of its own. */
    public static Metric failedShare(CompareWith compareWith) {
        return changed(metric("failed", MetricKind.ERROR_RATE, null, compareWith), is -> {
            is.query = null;
            is.counts = new Counts("failed{version=\"$version\"}", "requests{version=\"$version\"}");
            is.unit = "ratio";
        });
    }

    public static Metric immediate(Metric metric) {
        return changed(metric, is -> is.immediate = true);
    }

    public static Metric advisory(Metric metric) {
        return changed(metric, is -> is.critical = false);
    }

    public static Metric weighing(Metric metric, double weight) {
        return changed(metric, is -> is.weight = weight);
    }

    public static Metric withUnit(Metric metric, String unit) {
        return changed(metric, is -> is.unit = unit);
    }

    public static Metric dryRun(Metric metric) {
        return changed(metric, is -> is.dryRun = true);
    }

    public static Metric failingWithoutData(Metric metric) {
        return changed(metric, is -> is.onNoData = OnNoData.FAIL);
    }

    public static Metric withMinimumSample(Metric metric, double sample) {
        return changed(metric, is -> {
            is.minimumSample = sample;
            is.sampleQuery = "requests{version=\"$version\"}";
        });
    }

    public static Metric withCeiling(Metric metric, double ceiling) {
        return changed(metric, is -> is.failAbove = ceiling);
    }

    public static Metric withTolerance(Metric metric, double tolerance) {
        return changed(metric, is -> is.tolerance = tolerance);
    }

    private static Metric changed(Metric metric, Consumer<Draft> change) {
        var draft = new Draft(metric);
        change.accept(draft);
        return draft.metric();
    }

    /** What a test may change about a metric. */
    private static final class Draft {

        private final Metric was;
        private String query;
        private Counts counts;
        private String sampleQuery;
        private String unit;
        private Double failAbove;
        private Double tolerance;
        private Double minimumSample;
        private boolean critical;
        private double weight;
        private boolean immediate;
        private boolean dryRun;
        private OnNoData onNoData;

        private Draft(Metric metric) {
            was = metric;
            query = metric.query();
            counts = metric.counts();
            sampleQuery = metric.sampleQuery();
            unit = metric.unit();
            failAbove = metric.failAbove();
            tolerance = metric.tolerance();
            minimumSample = metric.minimumSample();
            critical = metric.critical();
            weight = metric.weight();
            immediate = metric.immediate();
            dryRun = metric.dryRun();
            onNoData = metric.onNoData();
        }

        private Metric metric() {
            return new Metric(
                    was.name(),
                    was.kind(),
                    was.source(),
                    query,
                    counts,
                    sampleQuery,
                    unit,
                    was.worseWhen(),
                    failAbove,
                    was.failBelow(),
                    was.compareWith(),
                    tolerance,
                    minimumSample,
                    critical,
                    weight,
                    immediate,
                    dryRun,
                    onNoData,
                    was.settings());
        }
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
                        "1.0.0",
                        List.of()))
                .with(new ServiceDefinition.Observation(Duration.ofMinutes(5), Duration.ofSeconds(10)))
                .with(metrics)
                .definition();
    }
}
