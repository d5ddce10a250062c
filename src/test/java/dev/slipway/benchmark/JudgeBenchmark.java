package dev.slipway.benchmark;

import static dev.slipway.catalog.ServiceDefinition.CompareWith.BASELINE;
import static dev.slipway.catalog.ServiceDefinition.CompareWith.BEFORE;
import static dev.slipway.catalog.ServiceDefinition.CompareWith.NONE;

import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.Metrics;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.Past;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a verdict costs: one look at one metric of a healthy release, by how it is judged and how long it is watched. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JudgeBenchmark {

    /** How a metric is judged. */
    public enum Judged {
        LIMIT,
        COUNTS_BEFORE,
        COUNTS_BESIDE,
        GAUGE,
        GAUGE_WITH_A_WEEK
    }

    private static final Instant BEGAN = Instant.parse("2026-11-20T12:00:00Z");
    private static final int BEFORE_LOOKS = 60;
    private static final int WEEK = 2_016;

    @Param
    public Judged judged;

    @Param({"10", "60", "180"})
    public int looks;

    private final Judge judge = new Judge(0.05);
    private final Random random = new Random(7);
    private List<MetricSeries> metrics;
    private Look look;

    @Setup
    public void release() {
        var after = samples(looks, Duration.ZERO);
        var before = samples(BEFORE_LOOKS, Duration.ofSeconds(10L * BEFORE_LOOKS));
        metrics = List.of(new MetricSeries(metric(), after, before, past()));
        look = new Look(looks, looks, 0, true);
    }

    private Metric metric() {
        return switch (judged) {
            case LIMIT -> Metrics.metric("queue-age", MetricKind.BACKGROUND, 4.0, NONE);
            case COUNTS_BEFORE -> Metrics.failedShare(BEFORE);
            case COUNTS_BESIDE -> Metrics.failedShare(BASELINE);
            case GAUGE, GAUGE_WITH_A_WEEK -> Metrics.metric("latency", MetricKind.LATENCY, null, BEFORE);
        };
    }

    private List<Sample> samples(int count, Duration back) {
        return IntStream.range(0, count)
                .mapToObj(i -> sample(BEGAN.minus(back).plusSeconds(10L * i)))
                .toList();
    }

    private Sample sample(Instant at) {
        return judged.name().startsWith("COUNTS")
                ? Sample.share(random.nextInt(4), 3_000, at)
                : Sample.value(0.1 * Math.exp(0.2 * random.nextGaussian()), null, false)
                        .at(at);
    }

    private Past past() {
        if (judged != Judged.GAUGE_WITH_A_WEEK) {
            return Past.NONE;
        }
        var points = Stream.iterate(BEGAN.minus(Duration.ofDays(7)), at -> at.plus(Duration.ofMinutes(5)))
                .limit(WEEK)
                .map(at -> new Past.Point(at, sample(at).value()))
                .toList();
        return Past.of(points, points);
    }

    @Benchmark
    public ReleaseVerdict verdict() {
        return judge.judge(metrics, look);
    }
}
