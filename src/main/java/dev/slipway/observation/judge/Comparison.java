package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.List;
import org.apache.commons.statistics.descriptive.Median;

/**
 * The new version held against the baseline.
 *
 * @param p              of such values if the harm were just tolerable: small means that it is worse than that
 * @param harmRuledOut   whether harm that matters is ruled out, at 5 %
 * @param worseThanTolerated whether the best estimate of the harm lies beyond what is tolerated
 * @param baselineMedian the baseline in one number
 */
record Comparison(double p, boolean harmRuledOut, boolean worseThanTolerated, double baselineMedian) {

    private static final double RULED_OUT_AT = 0.05;
    private static final int FEWEST = 2;

    /** @return null where either side has fewer than two values */
    static Comparison of(Metric metric, List<Double> afterValues, List<Double> baselineValues) {
        if (afterValues.size() < FEWEST || baselineValues.size() < FEWEST) {
            return null;
        }
        var after = array(afterValues);
        var baseline = array(baselineValues);
        return switch (metric.worseWhen()) {
            case HIGHER -> oneSided(metric, after, baseline, true);
            case LOWER -> oneSided(metric, after, baseline, false);
            case BOTH -> both(oneSided(metric, after, baseline, true), oneSided(metric, after, baseline, false));
        };
    }

    private static Comparison oneSided(Metric metric, double[] after, double[] baseline, boolean higherIsWorse) {
        var median = Median.withDefaults().evaluate(baseline);
        var tolerated = moved(after, Margin.tolerated(metric), median, higherIsWorse);
        var harmful = moved(after, Margin.ruledOut(metric), median, higherIsWorse);
        var shift = RankTest.shift(tolerated, baseline);
        return new Comparison(
                RankTest.p(tolerated, baseline, higherIsWorse),
                RankTest.p(harmful, baseline, !higherIsWorse) <= RULED_OUT_AT,
                higherIsWorse ? shift > 0 : shift < 0,
                median);
    }

    private static Comparison both(Comparison up, Comparison down) {
        return new Comparison(
                Math.min(1, 2 * Math.min(up.p, down.p)),
                up.harmRuledOut && down.harmRuledOut,
                up.worseThanTolerated || down.worseThanTolerated,
                up.baselineMedian);
    }

    private static double[] moved(double[] after, Margin margin, double baseline, boolean higherIsWorse) {
        var moved = new double[after.length];
        for (var i = 0; i < after.length; i++) {
            moved[i] = margin.moveBack(after[i], baseline, higherIsWorse);
        }
        return moved;
    }

    private static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
