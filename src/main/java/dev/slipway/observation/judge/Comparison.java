package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.List;

/**
 * The new version held against the baseline.
 *
 * @param p              of what was seen, or worse, if the harm were just tolerable: small means that it is worse
 * @param harmRuledOut   whether harm that matters is ruled out, at 5 %
 * @param worseThanTolerated whether the best estimate of the harm lies beyond what is tolerated
 * @param harmful        whether the best estimate lies beyond the harm that matters
 * @param decidable      whether there are enough values to rule anything out
 * @param baselineMedian the baseline in one number
 * @param effect         how much it differs
 * @param basis          what it rests on, in words
 */
record Comparison(
        double p,
        boolean harmRuledOut,
        boolean worseThanTolerated,
        boolean harmful,
        boolean decidable,
        double baselineMedian,
        Effect effect,
        String basis) {

    static final double RULED_OUT_AT = 0.05;
    private static final int FEWEST_BASELINES = 2;

    /**
     * How sure a rejection at this look must be.
     *
     * @param level  what may be spent at this look
     * @param flat   what may be spent at every look but the last
     * @param whole  what may be spent over all looks
     */
    record Levels(double level, double flat, double whole) {}

    /** @return null where there is nothing to compare */
    static Comparison of(MetricSeries series, List<Sample> comparable, Levels levels) {
        if (comparable.isEmpty() || series.baseline().size() < FEWEST_BASELINES) {
            return null;
        }
        var metric = series.metric();
        return switch (metric.worseWhen()) {
            case HIGHER -> oneSided(series, comparable, true, levels);
            case LOWER -> oneSided(series, comparable, false, levels);
            case BOTH -> both(oneSided(series, comparable, true, levels), oneSided(series, comparable, false, levels));
        };
    }

    private static Comparison oneSided(
            MetricSeries series, List<Sample> comparable, boolean higherIsWorse, Levels levels) {
        var counted = comparable.stream().allMatch(Sample::hasCounts)
                && series.baseline().stream().allMatch(Sample::hasCounts);
        return counted
                ? new CountComparison(series.metric(), comparable, series.baseline(), higherIsWorse, levels).compare()
                : new GaugeComparison(series, comparable, higherIsWorse, levels).compare();
    }

    private static Comparison both(Comparison up, Comparison down) {
        var worse = up.p <= down.p ? up : down;
        return new Comparison(
                Math.min(1, 2 * worse.p),
                up.harmRuledOut && down.harmRuledOut,
                up.worseThanTolerated || down.worseThanTolerated,
                up.harmful || down.harmful,
                up.decidable && down.decidable,
                up.baselineMedian,
                worse.effect,
                worse.basis);
    }

    /** @return whether the baseline was seen at the same time, by the version still serving */
    static boolean isAtTheSameTime(Metric metric) {
        return metric.compareWith() == CompareWith.BASELINE;
    }
}
