package dev.slipway.observation;

import static dev.slipway.observation.Metrics.failedShare;
import static dev.slipway.observation.Metrics.latency;
import static dev.slipway.observation.Metrics.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.Past;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PastsTest {

    private static final Instant BEGAN = Instant.parse("2026-11-20T12:00:00Z");
    private static final Metric ORDERS = Metrics.metric("orders", MetricKind.SATURATION, null, CompareWith.BEFORE);

    private final List<String> asked = new ArrayList<>();
    private final ObservationProperties properties = properties(Duration.ofDays(7));

    /** Twice as much from noon on, every day. */
    private final class DailySource implements MetricSource {

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Reading read(MetricQuery query, Instant at) {
            return new Reading.Value(level(at), at);
        }

        @Override
        public List<At> range(MetricQuery query, Instant from, Instant to, Duration step) {
            asked.add(query.text() + " from " + from + " to " + to + " every " + step);
            return MetricSource.super.range(query, from, to, step);
        }
    }

    @Test
    void a_week_is_read_once_a_release_and_ends_before_what_is_compared_with() {
        var pasts = pasts(properties);

        pasts.of(watch(), service(ORDERS), ORDERS);
        pasts.of(watch(), service(ORDERS), ORDERS);

        assertThat(asked)
                .containsExactly(
                        "orders{version=\"1.4.0\"} from 2026-11-20T10:00:00Z to 2026-11-20T12:00:00Z every PT30S",
                        "orders{version=\"1.4.0\"} from 2026-11-13T11:49:30Z to 2026-11-20T11:49:30Z every PT5M");
    }

    @Test
    void of_what_is_compared_with_the_serving_version_only_the_latest_values_are_read() {
        var pasts = pasts(properties);

        var past = pasts.of(watch(), service(latency()), latency());

        assertThat(past).isNotSameAs(Past.NONE);
        assertThat(asked).singleElement().asString().endsWith("to 2026-11-20T12:00:00Z every PT30S");
    }

    @Test
    void only_gauges_that_are_compared_have_a_past() {
        var pasts = pasts(properties);
        var limitOnly = Metrics.metric("queue-age", MetricKind.BACKGROUND, 4.0, CompareWith.NONE);

        assertThat(pasts.of(watch(), service(limitOnly), limitOnly)).isSameAs(Past.NONE);
        assertThat(pasts.of(watch(), service(latency()), failedShare(CompareWith.BEFORE)))
                .isSameAs(Past.NONE);
        assertThat(pasts(properties(Duration.ZERO)).of(watch(), service(ORDERS), ORDERS))
                .isSameAs(Past.NONE);
        assertThat(asked).isEmpty();
    }

    @Test
    void what_happens_every_day_at_noon_is_no_fault_of_the_release() {
        var before = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> sample(BEGAN.minus(Duration.ofSeconds(30L * i))))
                .toList();
        var after = IntStream.rangeClosed(1, 10)
                .mapToObj(i -> sample(BEGAN.plus(Duration.ofSeconds(30L * i))))
                .toList();
        var judge = new Judge(0.05);
        var known = pasts(properties).of(watch(), service(ORDERS), ORDERS);

        assertThat(judge.judge(List.of(new MetricSeries(ORDERS, after, before, known)), new Look(10, 10, 0, true))
                        .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(judge.judge(List.of(new MetricSeries(ORDERS, after, before, Past.NONE)), new Look(10, 10, 0, true))
                        .verdict())
                .isEqualTo(Verdict.FAIL);
    }

    private Pasts pasts(ObservationProperties its) {
        var sources = new Sources(
                List.of(new DailySource()), its, new ObservationMeters(), Clock.fixed(BEGAN, ZoneOffset.UTC));
        return new Pasts(sources, its, Runnable::run);
    }

    private static ObservationProperties properties(Duration history) {
        return new ObservationProperties(
                false, Duration.ofMillis(250), 200, Duration.ofSeconds(1), 4, 50, 10_000, null, 20, history, 0.05);
    }

    private static double level(Instant at) {
        var afternoon = at.atZone(ZoneOffset.UTC).getHour() >= 12;
        return (afternoon ? 2 : 1) * (1 + at.getEpochSecond() / 30 % 7 / 100.0);
    }

    private static Sample sample(Instant at) {
        return Sample.value(level(at), null, false).at(at);
    }

    private static Watch watch() {
        return new Watch(
                new ReleaseId(42),
                1,
                "1.5.0",
                "1.4.0",
                Duration.ofSeconds(30),
                BEGAN,
                "observation",
                BEGAN,
                null,
                0,
                BEGAN.plus(Duration.ofMinutes(30)),
                BEGAN,
                null,
                null,
                null,
                null);
    }
}
