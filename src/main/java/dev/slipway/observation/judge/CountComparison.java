package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.List;
import org.apache.commons.numbers.gamma.RegularizedBeta;
import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * A share of counts, such as failed requests of all requests, held against the share of the baseline.
 *
 * <p>The baseline's share is not known but bounded: the p-value is the binomial tail at the highest tolerated share
 * under the upper bound of the baseline's, plus the probability that this bound does not hold (Berger &amp; Boos 1994).
 * Events that come in bursts count for less: all counts are divided by the dispersion φ of the baseline's buckets
 * (Pearson's χ² over its degrees of freedom, 1 to 20). Where both versions served at the same time, a mixture e-process
 * on whose event comes next adds a test that is valid at every event (see {@link EProcess}).
 *
 * <p>Where fewer is worse, the same is asked about what did not happen.
 */
final class CountComparison {

    private static final double SHARE_FOR_THE_BASELINE = 0.1;
    private static final double BOUND_OF_HARM = 0.005;
    private static final double LARGEST_DISPERSION = 20;
    private static final double Z_95 = 1.959964;

    private final Metric metric;
    private final boolean higherIsWorse;
    private final Comparison.Levels levels;
    private final double dispersion;
    private final double x0;
    private final double n0;
    private final double x;
    private final double n;

    CountComparison(
            Metric metric, List<Sample> after, List<Sample> baseline, boolean higherIsWorse, Comparison.Levels levels) {
        this.metric = metric;
        this.higherIsWorse = higherIsWorse;
        this.levels = levels;
        this.n0 = baseline.stream().mapToDouble(Sample::size).sum();
        this.x0 = baseline.stream().mapToDouble(this::bad).sum();
        this.n = after.stream().mapToDouble(Sample::size).sum();
        this.x = after.stream().mapToDouble(this::bad).sum();
        this.dispersion = dispersion(baseline);
    }

    Comparison compare() {
        var share = x / n;
        var baseShare = x0 / n0;
        var tolerable = highest(upper(gamma()), Margin.tolerated(metric));
        var harmful = highest(lower(), Margin.ruledOut(metric));
        var ruledOut = RegularizedBeta.complement(harmful, x / dispersion + 1, (n - x) / dispersion);
        return new Comparison(
                p(tolerable),
                n > x && ruledOut + BOUND_OF_HARM <= Comparison.RULED_OUT_AT,
                share > highest(baseShare, Margin.tolerated(metric)),
                share > highest(baseShare, Margin.ruledOut(metric)),
                true,
                higherIsWorse ? baseShare : 1 - baseShare,
                effect(share, baseShare),
                Seen.number(higherIsWorse ? x : n - x) + " of " + Seen.number(n) + " against "
                        + Seen.number(higherIsWorse ? x0 : n0 - x0) + " of " + Seen.number(n0));
    }

    private double p(double tolerable) {
        if (x == 0) {
            return 1;
        }
        var tail = RegularizedBeta.value(tolerable, x / dispersion, (n - x) / dispersion + 1) + gamma();
        if (!Comparison.isAtTheSameTime(metric) || levels.whole() == 0) {
            return Math.min(1, tail);
        }
        // The e-process may reject at any time at the whole level; both tests together must not spend more than one.
        var share = n / (n + n0);
        var ratio = tolerable / upper(gamma());
        var next = share * ratio / (share * ratio + 1 - share);
        var always = EProcess.p(x / dispersion, x0 / dispersion, next) * levels.level() / levels.whole();
        return Math.min(1, 2 * Math.min(tail, always));
    }

    private double gamma() {
        return Math.max(levels.level(), 1e-12) * SHARE_FOR_THE_BASELINE;
    }

    /** @return the baseline's share that is exceeded with probability {@code gamma} at most */
    private double upper(double gamma) {
        return n0 <= x0
                ? 1
                : BetaDistribution.of(x0 / dispersion + 1, (n0 - x0) / dispersion)
                        .inverseSurvivalProbability(gamma);
    }

    private double lower() {
        return x0 <= 0
                ? 0
                : BetaDistribution.of(x0 / dispersion, (n0 - x0) / dispersion + 1)
                        .inverseCumulativeProbability(BOUND_OF_HARM);
    }

    private double highest(double share, Margin margin) {
        var allowed = higherIsWorse
                ? Math.max(share + margin.floor(), share * (1 + margin.relative()))
                // A share of good events that may fall by a fifth leaves the others that much more.
                : Math.max(share + margin.floor(), 1 - (1 - share) / (1 + margin.relative()));
        return Math.min(1, allowed);
    }

    private double bad(Sample sample) {
        return Math.max(0, higherIsWorse ? sample.events() : sample.size() - sample.events());
    }

    private double dispersion(List<Sample> baseline) {
        var share = x0 / n0;
        if (baseline.size() < 2 || share <= 0 || share >= 1) {
            return 1;
        }
        var chiSquared = baseline.stream()
                .mapToDouble(sample ->
                        Math.pow(bad(sample) - sample.size() * share, 2) / (sample.size() * share * (1 - share)))
                .sum();
        return Math.min(LARGEST_DISPERSION, Math.max(1, chiSquared / (baseline.size() - 1)));
    }

    /** The difference of two shares with Newcombe's hybrid score interval (1998, method 10). */
    private Effect effect(double share, double baseShare) {
        var one = wilson(share, n / dispersion);
        var other = wilson(baseShare, n0 / dispersion);
        var difference = share - baseShare;
        var low = difference - Math.hypot(share - one[0], other[1] - baseShare);
        var high = difference + Math.hypot(one[1] - share, baseShare - other[0]);
        var scale = Margin.isPercent(metric) ? 100 : 1;
        return higherIsWorse
                ? new Effect(scale * difference, scale * low, scale * high, false)
                : new Effect(-scale * difference, -scale * high, -scale * low, false);
    }

    private static double[] wilson(double share, double size) {
        var z2 = Z_95 * Z_95;
        var center = (share + z2 / (2 * size)) / (1 + z2 / size);
        var half = Z_95 * Math.sqrt(share * (1 - share) / size + z2 / (4 * size * size)) / (1 + z2 / size);
        return new double[] {Math.max(0, center - half), Math.min(1, center + half)};
    }
}
