package dev.slipway.observation.judge;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.ContinuityCorrection;
import org.apache.commons.statistics.inference.MannWhitneyUTest;
import org.apache.commons.statistics.inference.PValueMethod;

/** One-sided Mann-Whitney test and the Hodges-Lehmann estimate that goes with it. */
final class RankTest {

    /** Beyond this the exact distribution costs more than it gives. */
    private static final int LARGEST_EXACT = 2_500;

    private static final double Z_95 = 1.959964;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private RankTest() {}

    /**
     * The probability of values so far above (or below) the baseline if nothing had changed. Exact where no two values
     * are equal; else by the tie-corrected normal distribution, but never below what the exact test could reach. Where
     * each value says something about the next, the normal deviate is divided by √((1 + ρ) / (1 - ρ)), by which the mean
     * of such values varies more.
     *
     * @param after       at least 1 value
     * @param baseline    at least 1 value
     * @param greater     whether to ask for greater, in place of less
     * @param correlation ρ of neighbouring values; 0 to below 1
     */
    static double p(double[] after, double[] baseline, boolean greater, double correlation) {
        var exact =
                correlation == 0 && !hasTies(after, baseline) && (long) after.length * baseline.length <= LARGEST_EXACT;
        var p = MannWhitneyUTest.withDefaults()
                .with(greater ? AlternativeHypothesis.GREATER_THAN : AlternativeHypothesis.LESS_THAN)
                .with(exact ? PValueMethod.EXACT : PValueMethod.ASYMPTOTIC)
                .with(ContinuityCorrection.ENABLED)
                .test(after, baseline)
                .getPValue();
        // All values equal: the normal distribution has no width, and nothing speaks for a change.
        var known = Double.isNaN(p) ? 1 : widened(p, correlation);
        return exact ? known : Math.max(known, smallestP(after.length, baseline.length));
    }

    private static double widened(double p, double correlation) {
        return correlation == 0 || p >= 0.5 // what speaks for nothing does not speak less for being correlated
                ? p
                : NORMAL.survivalProbability(
                        NORMAL.inverseSurvivalProbability(p) / Math.sqrt((1 + correlation) / (1 - correlation)));
    }

    /** @return the smallest p-value that so many values can reach */
    static double smallestP(int after, int baseline) {
        return 1 / combinations(after + baseline, after);
    }

    /**
     * The Hodges-Lehmann estimate: the median of all differences between a value of {@code after} and one of
     * {@code baseline}, with the 95 % interval by the normal approximation of their ranks.
     */
    static Effect shift(double[] after, double[] baseline) {
        var differences = differences(after, baseline);
        Arrays.sort(differences);
        var pairs = (double) after.length * baseline.length;
        var spread = Z_95 * Math.sqrt(pairs * (after.length + baseline.length + 1) / 12);
        var low = (int) Math.max(0, Math.floor(pairs / 2 - spread));
        return new Effect(
                Median.withDefaults().evaluate(differences),
                differences[Math.min(low, differences.length - 1)],
                differences[Math.max(0, differences.length - 1 - low)],
                false);
    }

    /** @return the median of all differences alone, which costs less */
    static double medianShift(double[] after, double[] baseline) {
        return Median.withDefaults().evaluate(differences(after, baseline));
    }

    private static double[] differences(double[] after, double[] baseline) {
        var differences = new double[after.length * baseline.length];
        var next = 0;
        for (var a : after) {
            for (var b : baseline) {
                differences[next++] = a - b;
            }
        }
        return differences;
    }

    private static boolean hasTies(double[] after, double[] baseline) {
        var all = DoubleStream.concat(Arrays.stream(after), Arrays.stream(baseline));
        return all.distinct().count() < after.length + baseline.length;
    }

    private static double combinations(int n, int k) {
        var result = 1.0;
        for (var i = 1; i <= k; i++) {
            result = result * (n - k + i) / i;
        }
        return result;
    }
}
