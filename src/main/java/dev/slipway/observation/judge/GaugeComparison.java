package dev.slipway.observation.judge;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Values of a gauge held against the baseline, moved back by what is tolerated: by a rank test, and by how far the
 * latest ones lie outside everything that the baseline did.
 *
 * <p>The rank test needs several values before it can reject at all. The excursion test is the fast path for large
 * effects: with the largest excursion E of m baseline values above their median, a new value that strays κE has, under
 * tails no heavier than exponential, the probability 1/C(m+κ, m) (the exceedance of κ times the maximum of m
 * exponentials: κ·B(κ, m+1)). One value is enough for it, or the second largest of the latest three.
 */
final class GaugeComparison {

    private static final int FEWEST_FOR_EXCURSION = 8;
    private static final int RECENT = 3;
    private static final double FLOOR_OF_HARM = 0.1;
    private static final double FLOOR_OF_LEVEL = 0.25;
    private static final double UNIMPORTANT_SHARE = 0.05;

    private final MetricSeries series;
    private final boolean higherIsWorse;
    private final Comparison.Levels levels;
    private final double[] after;
    private final double[] baseline;
    private final double median;
    private final Margin tolerated;
    private final Margin ruledOut;
    private final boolean logarithmic;
    private final boolean sized;
    private final double correlation; // of a value with the next; 0 where nothing is known of it
    private final double oneEvent; // what one more of few requests makes of a share; 0 where that is not known

    GaugeComparison(MetricSeries series, List<Sample> comparable, boolean higherIsWorse, Comparison.Levels levels) {
        this.series = series;
        this.higherIsWorse = higherIsWorse;
        this.levels = levels;
        var unadjusted = array(comparable);
        this.baseline = array(series.baseline());
        this.median = Median.withDefaults().evaluate(baseline);
        // A change that is small beside the metric's usual level does not matter, however quiet the baseline was.
        var unimportant = UNIMPORTANT_SHARE * series.past().usualLevel();
        this.tolerated = Margin.tolerated(series.metric()).atLeast(unimportant);
        this.ruledOut = Margin.ruledOut(series.metric()).atLeast(2 * unimportant);
        this.logarithmic = tolerated.isRelativeAt(median)
                && Arrays.stream(baseline).allMatch(value -> value > 0)
                && Arrays.stream(unadjusted).allMatch(value -> value > 0);
        this.correlation = series.past().correlation(logarithmic);
        this.after = withoutSeason(unadjusted, comparable);
        this.sized = comparable.stream().allMatch(sample -> sample.size() != null && sample.size() > 0);
        this.oneEvent = isShare() && sized && !logarithmic
                ? comparable.stream()
                        .mapToDouble(sample -> (Margin.isPercent(series.metric()) ? 100 : 1) / sample.size())
                        .max()
                        .orElse(0)
                : 0;
    }

    Comparison compare() {
        var tolerable = moved(tolerated);
        var harmful = moved(ruledOut);
        var rank = after.length < 2 ? 1 : RankTest.p(tolerable, baseline, higherIsWorse, correlation);
        return new Comparison(
                hasNoScale() ? 1 : Math.min(rank, excursion(tolerable)),
                after.length >= 2
                        && RankTest.p(harmful, baseline, !higherIsWorse, correlation) <= Comparison.RULED_OUT_AT,
                isWorse(tolerable),
                after.length >= 2 && oriented(Median.withDefaults().evaluate(harmful)) > oriented(median),
                RankTest.smallestP(after.length, baseline.length) <= Comparison.RULED_OUT_AT,
                median,
                effect(),
                after.length + " values against " + baseline.length);
    }

    /** One request more or less makes a jump of a share of few; where nobody says of how many, one value proves nothing. */
    private boolean isShareWithoutSize() {
        return isShare() && !sized;
    }

    private boolean isShare() {
        return Margin.isShare(series.metric());
    }

    /** A share of nothing is nothing: beside a baseline of zeros nobody can say how much more matters. A person is asked. */
    private boolean hasNoScale() {
        return tolerated.floor() == 0 && Arrays.stream(baseline).allMatch(value -> value == 0);
    }

    private double[] withoutSeason(double[] values, List<Sample> comparable) {
        if (!logarithmic) {
            return values;
        }
        var season = series.past().season(times(series.baseline()), times(comparable), higherIsWorse);
        return season == 0
                ? values
                : Arrays.stream(values)
                        .map(value -> value * Math.exp(higherIsWorse ? -season : season))
                        .toArray();
    }

    private boolean isWorse(double[] tolerable) {
        return oriented(RankTest.medianShift(tolerable, baseline)) > 0;
    }

    private double excursion(double[] tolerable) {
        if (baseline.length < FEWEST_FOR_EXCURSION) {
            return 1;
        }
        DoubleUnaryOperator scale = value -> oriented(logarithmic ? Math.log(value) : value);
        var quiet = Arrays.stream(baseline).map(scale).toArray();
        var center = Median.withDefaults().evaluate(quiet);
        var farthest = Arrays.stream(quiet).max().orElseThrow() - center;
        var unit = Math.max(
                Math.max(farthest, Math.max(smallestExcursion(), oneEvent)),
                series.past().excursion(baseline.length, higherIsWorse, logarithmic));
        var recent = Arrays.stream(tolerable)
                .skip(Math.max(0, tolerable.length - RECENT))
                .map(scale)
                .map(value -> (value - center) / unit)
                .toArray();
        // The newest value alone gets no more than its own look's share, also where the last look has the most to
        // spend.
        var alone = isShareWithoutSize()
                ? 1
                : beyond(recent[recent.length - 1]) * Math.max(1, levels.level() / levels.flat());
        Arrays.sort(recent);
        return recent.length < 2 ? alone : Math.min(alone, beyond(recent[recent.length - 2]));
    }

    private double smallestExcursion() {
        if (logarithmic) {
            return FLOOR_OF_HARM * Math.log1p(ruledOut.relative());
        }
        return Math.max(
                tolerated.relative() == 0 ? ruledOut.floor() / 2 : FLOOR_OF_LEVEL * Math.abs(median),
                Math.max(tolerated.floor(), Double.MIN_NORMAL));
    }

    /**
     * Values of which each says something about the next have seen less than as many that do not. For a mean that is
     * the factor (1 - ρ) / (1 + ρ), for a maximum hardly any; its root keeps false alarms of simulated releases under
     * 1 % up to ρ = 0.9 and misses fewer regressions than the factor itself.
     *
     * @return 1/C(m+κ, m) for a real κ and m; 1 where κ is not positive
     */
    private double beyond(double kappa) {
        var m = baseline.length * Math.sqrt((1 - correlation) / (1 + correlation));
        return kappa <= 0
                ? 1
                : Math.exp(LogGamma.value(kappa + 1) + LogGamma.value(m + 1) - LogGamma.value(m + kappa + 1));
    }

    private Effect effect() {
        var shift = RankTest.shift(after, baseline);
        return tolerated.isRelativeAt(median) && median != 0
                ? new Effect(
                        shift.size() / Math.abs(median),
                        shift.low() / Math.abs(median),
                        shift.high() / Math.abs(median),
                        true)
                : shift;
    }

    private double oriented(double value) {
        return higherIsWorse ? value : -value;
    }

    private double[] moved(Margin margin) {
        return Arrays.stream(after)
                .map(value -> margin.moveBack(value, median, higherIsWorse))
                .toArray();
    }

    private static double[] array(List<Sample> samples) {
        return samples.stream().mapToDouble(Sample::value).toArray();
    }

    private static List<Instant> times(List<Sample> samples) {
        return samples.stream()
                .map(Sample::at)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
    }
}
