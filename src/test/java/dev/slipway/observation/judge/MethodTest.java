package dev.slipway.observation.judge;

import static dev.slipway.observation.Metrics.failedShare;
import static dev.slipway.observation.Metrics.latency;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.junit.jupiter.api.Test;

/** The formulas against values worked out elsewhere, and what must hold whatever the data are. */
class MethodTest {

    private static final Instant RELEASE = Instant.parse("2026-11-20T12:00:00Z");
    private static final Comparison.Levels LEVELS = new Comparison.Levels(0.01, 0.01, 0.05);

    @Test
    void the_e_process_agrees_with_worked_values() {
        assertThat(EProcess.evidence(5, 0, 0.5)).isCloseTo(15.6418, within(1e-4));
        assertThat(EProcess.evidence(8, 2, 0.5)).isCloseTo(3.2643, within(1e-4));
        assertThat(EProcess.evidence(12, 3, 0.5)).isCloseTo(7.1935, within(1e-4));
        assertThat(EProcess.evidence(60, 40, 0.5)).isCloseTo(1.1653, within(1e-4));
        assertThat(EProcess.evidence(5, 0, 0.6)).isCloseTo(7.1124, within(1e-4));
        assertThat(EProcess.evidence(12, 3, 0.6)).isCloseTo(1.7283, within(1e-4));
    }

    @Test
    void the_e_process_rarely_rejects_whenever_one_looks() {
        var random = new Random(1);
        var rejected = 0;
        for (var run = 0; run < 2_000; run++) {
            var own = 0;
            var others = 0;
            var ever = false;
            for (var event = 0; event < 300 && !ever; event++) {
                if (random.nextDouble() < 0.5) {
                    own++;
                } else {
                    others++;
                }
                ever = EProcess.p(own, others, 0.5) <= 0.05;
            }
            rejected += ever ? 1 : 0;
        }
        assertThat(rejected / 2_000.0).isBetween(0.001, 0.05);
    }

    @Test
    void the_beta_bound_agrees_with_a_worked_value() {
        assertThat(BetaDistribution.of(4, 97).inverseCumulativeProbability(0.99))
                .isCloseTo(0.0969710, within(1e-7));
    }

    @Test
    void a_share_far_above_the_baselines_is_refuted_and_one_near_it_is_not() {
        // 41 of 4,100 against 9 of 12,000: at most 0.1887 % + 0.4 points are tolerated (level 0.001).
        var worse = counts(12_000, 9, 4_100, 41);
        var near = counts(12_000, 9, 4_100, 12);

        assertThat(worse.p()).isLessThan(0.01);
        assertThat(worse.worseThanTolerated()).isTrue();
        assertThat(near.p()).isGreaterThan(0.9);
        assertThat(near.harmRuledOut()).isTrue();
    }

    @Test
    void no_events_before_and_little_traffic_prove_nothing() {
        var few = counts(200, 0, 40, 1);

        assertThat(few.p()).isGreaterThan(0.05);
        assertThat(few.harmRuledOut()).isFalse();
    }

    @Test
    void no_events_before_and_much_traffic_prove_much() {
        var many = counts(100_000, 0, 10_000, 90);

        assertThat(many.p()).isLessThan(0.0011);
    }

    @Test
    void events_in_bursts_count_for_less() {
        var even = compared(shares(1_000, 10, 10, 10, 10, 10, 10), shares(1_000, 24));
        var bursts = compared(shares(1_000, 0, 60, 0, 0, 0, 0), shares(1_000, 24));

        assertThat(bursts.p()).isGreaterThan(even.p());
    }

    @Test
    void the_effect_on_a_share_has_an_interval_around_it() {
        var effect = counts(10_000, 100, 10_000, 300).effect();

        assertThat(effect.relative()).isFalse();
        assertThat(effect.size()).isCloseTo(0.02, within(1e-9));
        assertThat(effect.low()).isBetween(0.015, 0.018);
        assertThat(effect.high()).isBetween(0.022, 0.025);
        assertThat(effect.inWords(failedShare(CompareWith.BEFORE)))
                .startsWith("+2 points (95 % interval +1.")
                .contains("to +2.")
                .endsWith(" points)");
    }

    @Test
    void the_baseline_at_the_same_time_is_as_good_as_the_one_before() {
        var same = Comparison.of(
                new MetricSeries(
                        failedShare(CompareWith.BASELINE), shares(1_000, 40, 50), shares(9_000, 9, 10), Past.NONE),
                shares(1_000, 40, 50),
                LEVELS);

        assertThat(same.p()).isLessThan(0.001);
    }

    @Test
    void scaling_both_sides_leaves_p_unchanged() {
        var random = new Random(2);
        for (var run = 0; run < 200; run++) {
            var before = noise(random, 20);
            var after = noise(random, 5);
            var metric = Metrics.metric("m", MetricKind.SATURATION, null, CompareWith.BEFORE);
            var one = compared(metric, before, after).p();
            var thousand = compared(metric, scaled(before), scaled(after)).p();
            assertThat(thousand).isCloseTo(one, within(1e-9));
        }
    }

    @Test
    void a_look_without_data_never_turns_a_verdict_into_a_pass() {
        var random = new Random(3);
        var judge = new Judge(0.05);
        for (var run = 0; run < 300; run++) {
            var before = noise(random, 20);
            var after = new ArrayList<Sample>();
            for (var value : noise(random, 6)) {
                after.add(Sample.value(value * (1 + run % 3), null, false));
            }
            var whole = judge.judge(List.of(MetricSeries.of(latency(), after, before)), new Look(6, 7, 0, true));
            after.add(Sample.noData("no series", false));
            var gap = judge.judge(List.of(MetricSeries.of(latency(), after, before)), new Look(7, 7, 0, true));
            assertThat(gap.verdict() == Verdict.PASS && whole.verdict() != Verdict.PASS)
                    .isFalse();
        }
    }

    @Test
    void the_time_of_day_is_forgiven_where_earlier_days_moved_as_much() {
        var hours = new ArrayList<Past.Point>();
        for (var minute = -7 * 24 * 60; minute < -60; minute += 5) {
            var at = RELEASE.plus(Duration.ofMinutes(minute));
            var afternoon = at.atZone(ZoneOffset.UTC).getHour() >= 12;
            hours.add(new Past.Point(at, (afternoon ? 2 : 1) * (1 + Math.abs(minute / 5) % 7 / 100.0)));
        }
        var before = timed(-60, 12, 1.0);
        var after = timed(5, 6, 2.0);

        var forgiven =
                Comparison.of(new MetricSeries(latency(), after, before, Past.of(hours, List.of())), after, LEVELS);
        var accused = Comparison.of(new MetricSeries(latency(), after, before, Past.NONE), after, LEVELS);

        assertThat(accused.p()).isLessThan(0.01);
        assertThat(forgiven.p()).isGreaterThan(0.5);
    }

    @Test
    void a_metric_that_often_strays_by_itself_is_not_failed_for_one_excursion() {
        var random = new Random(4);
        var spiky = new ArrayList<Past.Point>();
        for (var i = 0; i < 600; i++) {
            var value = 1 + random.nextDouble() / 10 + (i % 40 < 3 ? 4 : 0);
            spiky.add(new Past.Point(RELEASE.minus(Duration.ofMinutes(700 - i)), value));
        }
        var before = timed(-20, 20, 1.0);
        var after = timed(1, 1, 5.0);

        var known = Comparison.of(new MetricSeries(latency(), after, before, Past.of(spiky, List.of())), after, LEVELS);
        var unknown = Comparison.of(new MetricSeries(latency(), after, before, Past.NONE), after, LEVELS);

        assertThat(unknown.p()).isLessThan(0.001);
        assertThat(known.p()).isGreaterThan(0.02);
    }

    @Test
    void how_much_a_value_says_about_the_next_is_known_from_enough_of_them() {
        assertThat(Past.of(List.of(), correlated(0.8, 240, 1)).correlation(true))
                .isCloseTo(0.8, within(0.1));
        assertThat(Past.of(List.of(), correlated(0.8, 240, 1)).correlation(false))
                .isCloseTo(0.8, within(0.12));
        assertThat(Past.of(List.of(), correlated(0.8, 119, 1)).correlation(true))
                .isZero();
        assertThat(Past.of(List.of(), correlated(0.2, 240, 1)).correlation(true))
                .isZero();
        assertThat(Past.of(List.of(), correlated(1, 240, 1)).correlation(true)).isLessThan(0.99);
        var constant = IntStream.range(0, 240)
                .mapToObj(i -> new Past.Point(RELEASE.minusSeconds(i), 3))
                .toList();
        assertThat(Past.of(List.of(), constant).correlation(true)).isZero();
    }

    @Test
    void values_on_both_sides_of_a_gap_are_no_neighbours() {
        var random = new Random(5);
        var halves = new ArrayList<Past.Point>();
        for (var i = 0; i < 240; i++) {
            // Two and two alike, and between the twos an hour.
            var at = RELEASE.minus(Duration.ofMinutes(60L * (120 - i / 2))).plusSeconds(i % 2 * 10L);
            halves.add(new Past.Point(
                    at, i % 2 == 0 ? 1 + random.nextDouble() : halves.get(i - 1).value()));
        }

        assertThat(Past.of(List.of(), halves).correlation(false)).isGreaterThan(0.9);
    }

    @Test
    void correlated_values_prove_less_and_never_more() {
        var random = new Random(6);
        for (var round = 0; round < 200; round++) {
            var after = values(random, 2 + random.nextInt(20), 1.3);
            var before = values(random, 8 + random.nextInt(40), 1.0);
            var asymptotic = RankTest.p(after, before, true, 1e-12);
            var last = asymptotic;
            for (var correlation : List.of(0.5, 0.7, 0.9, 0.98)) {
                var p = RankTest.p(after, before, true, correlation);
                assertThat(p).isGreaterThanOrEqualTo(last).isLessThanOrEqualTo(Math.max(0.5, asymptotic));
                last = p;
            }
        }
    }

    private static double[] values(Random random, int count, double level) {
        return random.doubles(count).map(value -> level + value).toArray();
    }

    private static List<Past.Point> correlated(double correlation, int count, long seed) {
        var random = new Random(seed);
        var points = new ArrayList<Past.Point>();
        var state = random.nextGaussian();
        for (var i = 0; i < count; i++) {
            points.add(new Past.Point(RELEASE.minusSeconds(10L * (count - i)), Math.exp(0.3 * state)));
            state = correlation * state + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
        }
        return points;
    }

    @Test
    void a_change_that_is_small_beside_the_usual_level_does_not_matter() {
        var usual = IntStream.range(0, 200)
                .mapToObj(i -> new Past.Point(RELEASE.minus(Duration.ofMinutes(400 - i)), 33 + i % 5))
                .toList();
        var before = timed(-20, 20, 0.1);
        var after = timed(1, 6, 1.5);

        assertThat(Comparison.of(new MetricSeries(latency(), after, before, Past.of(usual, List.of())), after, LEVELS)
                        .p())
                .isGreaterThan(0.5);
        assertThat(Comparison.of(new MetricSeries(latency(), after, before, Past.NONE), after, LEVELS)
                        .p())
                .isLessThan(0.01);
    }

    @Test
    void beside_a_baseline_of_zeros_a_person_is_asked_and_nothing_is_failed() {
        var zeros = timed(-20, 20, 0.0);
        var some = timed(1, 6, 1.5);
        var judge = new Judge(0.05);

        var more = judge.judge(List.of(new MetricSeries(latency(), some, zeros, Past.NONE)), new Look(6, 6, 0, true));
        var still = judge.judge(
                List.of(new MetricSeries(latency(), timed(1, 6, 0.0), zeros, Past.NONE)), new Look(6, 6, 0, true));

        assertThat(more.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(still.verdict()).isEqualTo(Verdict.PASS);
    }

    private static Comparison counts(int total, int events, int laterTotal, int laterEvents) {
        return compared(
                shares(total / 4.0, events / 4.0, events / 4.0, events / 4.0, events / 4.0),
                shares(laterTotal / 2.0, laterEvents / 2.0, laterEvents / 2.0));
    }

    private static Comparison compared(List<Sample> before, List<Sample> after) {
        return Comparison.of(
                new MetricSeries(failedShare(CompareWith.BEFORE), after, before, Past.NONE), after, LEVELS);
    }

    private static Comparison compared(Metric metric, List<Double> before, List<Double> after) {
        var samples =
                after.stream().map(value -> Sample.value(value, null, false)).toList();
        return Comparison.of(MetricSeries.of(metric, samples, before), samples, LEVELS);
    }

    private static List<Sample> shares(double total, double... events) {
        return Arrays.stream(events)
                .mapToObj(some -> Sample.share(some, total, RELEASE))
                .toList();
    }

    private static List<Sample> timed(int firstMinute, int count, double value) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sample.value(value * (1 + i % 7 / 100.0), null, false)
                        .at(RELEASE.plus(Duration.ofMinutes(firstMinute + i * 5L))))
                .toList();
    }

    private static List<Double> noise(Random random, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Math.exp(0.3 * random.nextGaussian()))
                .toList();
    }

    private static List<Double> scaled(List<Double> values) {
        return values.stream().map(value -> value * 1_024).toList();
    }
}
