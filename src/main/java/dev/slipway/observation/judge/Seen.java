package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What the rules ask about one metric at one look.
 *
 * @param metric     what was agreed about it
 * @param samples    oldest first
 * @param comparison null where there is nothing to compare
 * @param refuted    what the comparison says, all metrics and looks considered
 * @param witness    what else is worse, where that makes a metric fail that alone could only ask; else null
 * @param last       whether the stage ends with this look
 * @param counted    how many of the latest samples say whether there was enough data: those of the extension where the
 *                   stage was extended, since it was extended to get them
 */
record Seen(
        Metric metric,
        List<Sample> samples,
        Comparison comparison,
        boolean refuted,
        String witness,
        boolean last,
        int counted) {

    private static final int RECENT = 3;
    private static final double COVERAGE = 0.7;

    /** In the first looks of a stage the window still reaches back to before the traffic was shifted. */
    private static final double COVERAGE_OF_REQUESTS = 0.5;

    boolean above() {
        return breaches(this::isAbove) >= needed();
    }

    boolean below() {
        return breaches(this::isBelow) >= needed();
    }

    /** @return whether the latest look alone lies beyond a limit */
    boolean beyondOnce() {
        return latest() != null && (isAbove(latest()) || isBelow(latest()));
    }

    /** @return whether data was missing in as many recent looks as make a breach */
    boolean missing() {
        var recent = recent(settled());
        return recent.stream()
                        .filter(sample -> sample.kind() == Sample.Kind.NO_DATA)
                        .count()
                >= needed();
    }

    /** @return whether the source failed now, or too often for the end of a stage */
    boolean broken() {
        return lacks(sample -> sample.kind() != Sample.Kind.BROKEN, COVERAGE) && has(Sample.Kind.BROKEN);
    }

    boolean noData() {
        return lacks(Sample::hasValue, COVERAGE);
    }

    boolean tooFew() {
        return lacks(this::isLargeEnough, COVERAGE_OF_REQUESTS);
    }

    /** @return whether the latest look rests on enough requests */
    boolean enoughNow() {
        return latest() != null && isLargeEnough(latest());
    }

    boolean hasLimit() {
        return metric.failAbove() != null || metric.failBelow() != null;
    }

    boolean isCompared() {
        return metric.compareWith() != CompareWith.NONE;
    }

    /** @return whether nothing rules out harm that matters and nothing else vouches for the metric */
    boolean doubtful() {
        return last
                && comparison != null
                && !comparison.harmRuledOut()
                && (comparison.worseThanTolerated() || (!hasLimit() && !comparison.decidable()));
    }

    boolean hasNothingToCompareWith() {
        return last && isCompared() && comparison == null && !hasLimit();
    }

    Sample latest() {
        return samples.isEmpty() ? null : samples.get(samples.size() - 1);
    }

    /** @return samples of a version that had time to warm up */
    List<Sample> settled() {
        return samples.stream().filter(sample -> !sample.warmUp()).toList();
    }

    /** @return samples that may be compared */
    List<Sample> comparable() {
        return settled().stream().filter(this::isLargeEnough).toList();
    }

    private boolean isLargeEnough(Sample sample) {
        // Traffic that nobody could count is not known to be too little to breach, and not known to be enough.
        return sample.hasValue()
                && (metric.minimumSample() == null
                        || (sample.size() != null && sample.size() >= metric.minimumSample()));
    }

    private boolean isAbove(Sample sample) {
        return isLargeEnough(sample) && metric.failAbove() != null && sample.value() > metric.failAbove();
    }

    private boolean isBelow(Sample sample) {
        return isLargeEnough(sample) && metric.failBelow() != null && sample.value() < metric.failBelow();
    }

    private long breaches(Predicate<Sample> breach) {
        if (metric.immediate()) {
            return latest() != null && breach.test(latest()) ? 1 : 0;
        }
        return recent(samples).stream().filter(breach).count();
    }

    private int needed() {
        return metric.immediate() ? 1 : 2;
    }

    private boolean has(Sample.Kind kind) {
        return samples.stream().anyMatch(sample -> sample.kind() == kind);
    }

    /** While the stage runs the latest look counts; at its end most of its looks must be good, and one of the last two. */
    private boolean lacks(Predicate<Sample> good, double coverage) {
        if (!last) {
            return latest() == null || !good.test(latest());
        }
        var all = settled();
        var settled = all.subList(Math.max(0, all.size() - counted), all.size());
        var goodOnes = settled.stream().filter(good).count();
        var end = settled.subList(Math.max(0, settled.size() - 2), settled.size());
        return goodOnes < coverage * settled.size() || end.stream().noneMatch(good);
    }

    private static List<Sample> recent(List<Sample> samples) {
        return samples.subList(Math.max(0, samples.size() - RECENT), samples.size());
    }

    // In words

    String inWords(Double value) {
        return value == null ? "no value" : number(value) + Thresholds.unit(metric);
    }

    String threshold() {
        return Thresholds.of(metric);
    }

    static String number(double value) {
        var magnitude = Math.abs(value);
        if (magnitude == 0) {
            return "0";
        }
        if (magnitude >= 1000 || magnitude < 0.0001) {
            return magnitude >= 1000 && magnitude < 1e9
                    ? String.format(Locale.ROOT, "%.0f", value)
                    : String.format(Locale.ROOT, "%.3g", value);
        }
        return new BigDecimal(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }
}
