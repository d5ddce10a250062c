package dev.slipway.observation.judge;

import static dev.slipway.observation.Metrics.advisory;
import static dev.slipway.observation.Metrics.dryRun;
import static dev.slipway.observation.Metrics.errorRate;
import static dev.slipway.observation.Metrics.failingWithoutData;
import static dev.slipway.observation.Metrics.immediate;
import static dev.slipway.observation.Metrics.latency;
import static dev.slipway.observation.Metrics.withCeiling;
import static dev.slipway.observation.Metrics.withMinimumSample;
import static dev.slipway.observation.judge.Verdict.FAIL;
import static dev.slipway.observation.judge.Verdict.INCONCLUSIVE;
import static dev.slipway.observation.judge.Verdict.PASS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.observation.Metrics;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final double[] TWENTY_BASELINES =
            IntStream.range(0, 20).mapToDouble(i -> 1 + i / 100.0).toArray();

    private final Judge judge = new Judge(0.05);

    @Test
    void two_of_the_last_three_looks_above_the_ceiling_fail() {
        var verdict = running(errorRate(), values(0.001, 0.09, 0.001, 0.08));

        assertThat(verdict.verdict()).isEqualTo(FAIL);
        assertThat(verdict.metrics().get(0).rule()).isEqualTo("above its absolute ceiling");
        assertThat(verdict.reason()).contains("error-rate is 0.09").contains("0.02");
    }

    @Test
    void one_look_above_the_ceiling_only_raises_a_doubt() {
        assertThat(running(errorRate(), values(0.001, 0.09)).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(running(errorRate(), values(0.09, 0.001, 0.001)).verdict()).isEqualTo(PASS);
    }

    @Test
    void one_look_is_enough_for_an_immediate_metric() {
        assertThat(running(immediate(errorRate()), values(0.001, 0.09)).verdict())
                .isEqualTo(FAIL);
    }

    @Test
    void a_look_at_too_few_requests_never_fails_and_never_passes() {
        var metric = withMinimumSample(errorRate(), 20);
        var few = List.of(Sample.value(0.5, 3.0, false), Sample.value(0.5, 3.0, false), Sample.value(0.5, 3.0, false));

        var verdict = ended(metric, few);

        assertThat(verdict.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(verdict.metrics().get(0).rule()).isEqualTo("too few requests to say");
        assertThat(verdict.reason()).contains("3 where 20 are needed");
    }

    @Test
    void absolute_limits_hold_while_the_version_warms_up() {
        var cold = List.of(Sample.value(0.09, null, true), Sample.value(0.09, null, true));

        assertThat(running(errorRate(), cold).verdict()).isEqualTo(FAIL);
    }

    @Test
    void no_data_is_inconclusive_and_fails_only_where_that_was_agreed() {
        var silence = List.of(Sample.noData("no series", false), Sample.noData("no series", false));

        assertThat(ended(errorRate(), silence).metrics().get(0).rule()).isEqualTo("no data");
        assertThat(ended(errorRate(), silence).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(running(failingWithoutData(errorRate()), silence).verdict()).isEqualTo(FAIL);
        assertThat(running(failingWithoutData(errorRate()), silence.subList(0, 1))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(ended(errorRate(), List.of()).verdict()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void traffic_that_stops_before_the_end_is_no_pass() {
        var samples = Stream.concat(
                        values(0, 0, 0, 0, 0, 0, 0, 0).stream(),
                        Stream.of(Sample.noData("gone", false), Sample.noData("gone", false)))
                .toList();

        assertThat(ended(errorRate(), samples).verdict()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void a_source_that_does_not_answer_is_inconclusive_even_where_no_data_fails() {
        var broken = List.of(Sample.broken("refused", false), Sample.broken("refused", false));

        var verdict = ended(failingWithoutData(errorRate()), broken);

        assertThat(verdict.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(verdict.metrics().get(0).rule()).isEqualTo("source did not answer");
        assertThat(verdict.reason()).contains("refused");
    }

    @Test
    void one_lost_look_among_many_does_not_spoil_a_pass() {
        var samples = Stream.concat(Stream.of(Sample.broken("timeout", false)), values(0, 0, 0, 0, 0).stream())
                .toList();

        assertThat(ended(errorRate(), samples).verdict()).isEqualTo(PASS);
    }

    @Test
    void a_metric_that_is_not_critical_makes_inconclusive_at_worst() {
        var verdict = running(advisory(errorRate()), values(0.09, 0.09));

        assertThat(verdict.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(verdict.metrics().get(0).words()).contains("not critical");
    }

    @Test
    void a_metric_that_is_not_critical_fails_where_a_critical_one_is_harmed_too() {
        var cpu = advisory(Metrics.metric("cpu", MetricKind.SATURATION, null, CompareWith.BEFORE));
        var hurt = values(1.0, 1.9, 1.0, 1.9, 1.0, 1.9);

        var alone = judge.judge(
                List.of(
                        MetricSeries.of(latency(), steady(6, 1), baseline()),
                        MetricSeries.of(cpu, steady(6, 5), baseline())),
                new Look(6, 12, 0, false));
        var witnessed = judge.judge(
                List.of(
                        MetricSeries.of(latency(), hurt.subList(1, 6), baseline()),
                        MetricSeries.of(cpu, steady(6, 5), baseline())),
                new Look(6, 12, 0, false));

        assertThat(alone.verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(witnessed.metrics().get(1).verdict()).isEqualTo(FAIL);
        assertThat(witnessed.reason())
                .contains("cpu is worse than before the release")
                .contains("and so is latency");
    }

    @Test
    void metrics_that_are_not_critical_fail_together_by_more_than_half_of_their_weight() {
        var worse = Stream.of("cpu", "memory")
                .map(name -> advisory(Metrics.metric(name, MetricKind.SATURATION, null, CompareWith.BEFORE)))
                .map(metric -> MetricSeries.of(metric, steady(6, 5), baseline()))
                .toList();
        var light = MetricSeries.of(
                advisory(Metrics.metric("threads", MetricKind.SATURATION, null, CompareWith.BEFORE)),
                steady(6, 1),
                baseline());
        var heavy = MetricSeries.of(Metrics.weighing(light.metric(), 2), light.samples(), baseline());

        assertThat(judge.judge(List.of(worse.get(0), worse.get(1), light), new Look(6, 12, 0, false))
                        .verdict())
                .isEqualTo(FAIL);
        assertThat(judge.judge(List.of(worse.get(0), worse.get(1), heavy), new Look(6, 12, 0, false))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(judge.judge(List.of(worse.get(0), light), new Look(6, 12, 0, false))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void a_metric_that_never_was_asks_nobody_unless_it_is_critical() {
        var nothing = Stream.generate(() -> Sample.noData("no series", false))
                .limit(6)
                .toList();
        var healthy = MetricSeries.of(latency(), steady(6, 1), baseline());
        var unknown = MetricSeries.of(advisory(latency()), nothing, List.of());
        var lost = MetricSeries.of(advisory(latency()), nothing, baseline());
        var critical = MetricSeries.of(latency(), nothing, List.of());

        assertThat(judge.judge(List.of(healthy, unknown), new Look(6, 6, 0, true))
                        .verdict())
                .isEqualTo(PASS);
        assertThat(judge.judge(List.of(healthy, lost), new Look(6, 6, 0, true)).verdict())
                .isEqualTo(INCONCLUSIVE);
        assertThat(judge.judge(List.of(healthy, critical), new Look(6, 6, 0, true))
                        .verdict())
                .isEqualTo(INCONCLUSIVE);
    }

    @Test
    void waiting_helps_against_doubt_and_not_against_silence() {
        assertThat(ended(errorRate(), values(0.001, 0.001, 0.001, 0.09)).moreDataHelps())
                .isTrue();
        assertThat(ended(errorRate(), List.of(Sample.noData("no series", false)))
                        .moreDataHelps())
                .isFalse();
        assertThat(ended(errorRate(), List.of(Sample.broken("down", false))).moreDataHelps())
                .isFalse();
        assertThat(ended(errorRate(), values(0.001, 0.001)).moreDataHelps()).isFalse();
        assertThat(running(errorRate(), values(0.09, 0.09)).moreDataHelps()).isFalse();
    }

    @Test
    void neither_a_dry_run_nor_a_metric_that_never_was_keeps_a_stage_from_being_extended() {
        var nothing = Stream.generate(() -> Sample.noData("no series", false))
                .limit(4)
                .toList();
        var doubt = MetricSeries.of(errorRate(), values(0.001, 0.001, 0.001, 0.09), List.of());
        var shown = MetricSeries.of(dryRun(errorRate()), nothing, List.of());
        var unknown = MetricSeries.of(advisory(latency()), nothing, List.of());
        var silent = MetricSeries.of(errorRate(), nothing, List.of());

        assertThat(judge.judge(List.of(doubt, shown, unknown), new Look(4, 4, 0, true))
                        .moreDataHelps())
                .isTrue();
        assertThat(judge.judge(List.of(doubt, silent), new Look(4, 4, 0, true)).moreDataHelps())
                .isFalse();
    }

    @Test
    void a_verdict_says_how_large_the_effect_is_and_what_it_rests_on() {
        var verdict = judge.judge(
                        List.of(MetricSeries.of(latency(), values(2.0, 2.1, 2.05), baseline())),
                        new Look(3, 6, 0, false))
                .metrics()
                .get(0);

        assertThat(verdict.effect().relative()).isTrue();
        assertThat(verdict.effect().size()).isCloseTo(0.875, within(0.01));
        assertThat(verdict.effect().low()).isLessThan(verdict.effect().size());
        assertThat(verdict.effect().high()).isGreaterThan(verdict.effect().size());
        assertThat(verdict.words())
                .contains("2.05 against 1.095, +87.2 % (95 % interval ")
                .contains("3 values against 20");
        assertThat(verdict.p()).isLessThan(0.01);
    }

    @Test
    void a_dry_run_never_decides() {
        var verdict = judge.judge(
                List.of(
                        MetricSeries.of(dryRun(errorRate()), values(0.09, 0.09), List.of()),
                        MetricSeries.of(latency(), steady(6, 1), baseline())),
                new Look(3, 6, 0, false));

        assertThat(verdict.verdict()).isEqualTo(PASS);
        assertThat(verdict.metrics().get(0).verdict()).isEqualTo(FAIL);
    }

    @Test
    void without_a_metric_that_decides_nothing_passes() {
        assertThat(judge.judge(List.of(), new Look(1, 1, 0, true)).verdict()).isEqualTo(INCONCLUSIVE);
    }

    @Test
    void values_far_above_the_baseline_fail_by_comparison() {
        var verdict = judge.judge(
                List.of(MetricSeries.of(latency(), values(2.0, 2.1, 2.05), baseline())), new Look(3, 6, 0, false));

        assertThat(verdict.verdict()).isEqualTo(FAIL);
        assertThat(verdict.metrics().get(0).rule()).isEqualTo("worse than the baseline");
    }

    @Test
    void harm_that_is_tolerated_does_not_fail() {
        var verdict = judge.judge(
                List.of(MetricSeries.of(latency(), values(1.20, 1.21, 1.22, 1.23, 1.21, 1.2), baseline())),
                new Look(6, 6, 0, true));

        assertThat(verdict.verdict()).isNotEqualTo(FAIL);
    }

    @Test
    void the_first_look_fails_only_what_is_far_outside_everything_the_baseline_did() {
        var far = judge.judge(List.of(MetricSeries.of(latency(), values(9), baseline())), new Look(1, 6, 0, false));
        var near = judge.judge(List.of(MetricSeries.of(latency(), values(1.4), baseline())), new Look(1, 6, 0, false));

        assertThat(far.verdict()).isEqualTo(FAIL);
        assertThat(near.verdict()).isNotEqualTo(FAIL);
    }

    @Test
    void a_look_beyond_those_that_were_planned_has_nothing_to_spend() {
        for (var level : List.of(1.0, 9.0)) {
            var verdict = judge.judge(
                    List.of(MetricSeries.of(latency(), steady(12, level), baseline())), new Look(12, 6, 0, false));

            assertThat(verdict.verdict()).isNotEqualTo(FAIL);
        }
    }

    @Test
    void one_failed_request_of_few_is_no_excursion() {
        var share = Metrics.withUnit(errorShare(), "ratio");
        var none = IntStream.range(0, 20).mapToObj(i -> 0.0).toList();
        var one = List.of(Sample.value(1 / 40.0, 40.0, false));
        var unknown = List.of(Sample.value(1 / 40.0, null, false));
        var many = List.of(Sample.value(0.2, 400.0, false));

        assertThat(judge.judge(List.of(MetricSeries.of(share, one, none)), new Look(1, 10, 0, false))
                        .verdict())
                .isNotEqualTo(FAIL);
        assertThat(judge.judge(List.of(MetricSeries.of(share, unknown, none)), new Look(1, 10, 0, false))
                        .verdict())
                .isNotEqualTo(FAIL);
        assertThat(judge.judge(List.of(MetricSeries.of(share, many, none)), new Look(1, 10, 0, false))
                        .verdict())
                .isEqualTo(FAIL);
    }

    private static Metric errorShare() {
        return Metrics.metric("error-rate", MetricKind.ERROR_RATE, null, CompareWith.BEFORE);
    }

    @Test
    void one_value_never_fails_against_a_handful_of_baselines() {
        var verdict = judge.judge(
                List.of(MetricSeries.of(latency(), values(9), baseline().subList(0, 7))), new Look(1, 6, 0, false));

        assertThat(verdict.verdict()).isNotEqualTo(FAIL);
    }

    @Test
    void a_short_healthy_stage_passes() {
        var sameTime = List.of(1.0, 1.02, 0.98, 1.01, 0.99, 1.0);
        var samples = values(1.01, 0.99, 1.03, 1.0, 0.98, 1.02);

        assertThat(ended(latency(), samples, sameTime).verdict()).isEqualTo(PASS);
        assertThat(ended(withCeiling(latency(), 5), samples.subList(0, 2), sameTime.subList(0, 2))
                        .verdict())
                .isEqualTo(PASS);
    }

    @Test
    void harm_that_is_not_ruled_out_asks_a_person_only_without_a_limit_or_where_it_looks_bad() {
        var few = values(1.1, 1.05);
        var fewBaselines = List.of(1.0, 1.02, 1.01);
        var bad = values(1.4, 1.45);

        assertThat(ended(latency(), few, fewBaselines).verdict()).isEqualTo(INCONCLUSIVE);
        assertThat(ended(withCeiling(latency(), 5), few, fewBaselines).verdict())
                .isEqualTo(PASS);
        assertThat(ended(withCeiling(latency(), 5), bad, fewBaselines)
                        .metrics()
                        .get(0)
                        .rule())
                .isEqualTo("may be worse than the baseline");
    }

    @Test
    void without_a_baseline_a_metric_without_limit_asks_a_person() {
        assertThat(ended(latency(), values(1, 1, 1)).metrics().get(0).rule()).isEqualTo("no baseline to compare with");
        assertThat(ended(withCeiling(latency(), 5), values(1, 1, 1)).verdict()).isEqualTo(PASS);
    }

    @Test
    void the_level_spent_over_all_looks_and_extensions_stays_below_alpha() {
        var spent = 0.0;
        for (var extension = 0; extension < 6; extension++) {
            for (var number = 1; number <= 40; number++) {
                spent += new Look(number, 10, extension, false).level(0.05);
            }
            spent += new Look(10, 10, extension, true).level(0.05);
        }
        assertThat(spent).isLessThanOrEqualTo(0.05 + 1e-12);
        assertThat(new Look(10, 10, 0, false).level(0.05)).isZero();
    }

    @Test
    void the_exact_p_value_agrees_with_the_tables() {
        var oneToTwenty = IntStream.rangeClosed(1, 20).asDoubleStream().toArray();

        assertThat(RankTest.p(new double[] {100, 101}, oneToTwenty, true, 0)).isCloseTo(0.004329004329, within(1e-12));
    }

    @Test
    void ties_do_not_make_a_p_value_smaller_than_the_exact_test_could() {
        var equal = DoubleStream.generate(() -> 100).limit(20).toArray();

        assertThat(RankTest.p(new double[] {96.8, 97.3}, equal, false, 0)).isCloseTo(0.004329004329, within(1e-12));
        assertThat(RankTest.p(new double[] {100, 100}, equal, false, 0)).isGreaterThan(0.4);
    }

    @Test
    void the_margin_moves_values_back_before_they_are_compared() {
        // Just at the margin values equal the baseline's: 0.4636 with ties, 0.48278 where rounding breaks one of them.
        assertThat(p(1.2, 0.2)).isBetween(0.4636, 0.4828);
        assertThat(p(1.3, 0.2)).isCloseTo(0.012987, within(1e-6));
    }

    @Test
    void p_never_falls_when_more_is_tolerated() {
        var last = 0.0;
        for (var tolerance = 0.0; tolerance < 0.6; tolerance += 0.02) {
            var p = p(1.3, tolerance);
            assertThat(p).isGreaterThanOrEqualTo(last);
            last = p;
        }
    }

    @Test
    void a_latency_in_milliseconds_may_always_rise_by_ten() {
        assertThat(new Margin(0.2, 10).moveBack(15, 5, true)).isEqualTo(5);
        assertThat(new Margin(0.2, 10).moveBack(120, 100, true)).isEqualTo(100);
    }

    private static double p(double factor, double tolerance) {
        var after = DoubleStream.of(1.05, 1.10, 1.15)
                .map(value -> new Margin(tolerance, 0).moveBack(value * factor, 1.1, true))
                .toArray();
        return RankTest.p(after, TWENTY_BASELINES, true, 0);
    }

    private ReleaseVerdict running(Metric metric, List<Sample> samples) {
        return judge.judge(List.of(MetricSeries.of(metric, samples, List.of())), new Look(2, 10, 0, false));
    }

    private ReleaseVerdict ended(Metric metric, List<Sample> samples) {
        return ended(metric, samples, List.of());
    }

    private ReleaseVerdict ended(Metric metric, List<Sample> samples, List<Double> baseline) {
        return judge.judge(
                List.of(MetricSeries.of(metric, samples, baseline)),
                new Look(samples.size(), Math.max(1, samples.size()), 0, true));
    }

    private static List<Sample> values(double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> Sample.value(value, null, false))
                .toList();
    }

    private static List<Sample> steady(int count, double value) {
        return IntStream.range(0, count)
                .mapToObj(i -> Sample.value(value + i / 1000.0, null, false))
                .toList();
    }

    private static List<Double> baseline() {
        return Arrays.stream(TWENTY_BASELINES).boxed().toList();
    }
}
