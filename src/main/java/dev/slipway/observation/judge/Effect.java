package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;

/**
 * How much the new version differs, as the best estimate with its 95 % interval.
 *
 * @param size     0 is no difference; 0.2 is a fifth more where it is relative, else in the metric's unit
 * @param low      lower end
 * @param high     upper end
 * @param relative whether to the baseline
 */
public record Effect(double size, double low, double high, boolean relative) {

    /** @return such as {@code +41 % (95 % interval +19 % to +70 %)}, or in points where the metric is a share */
    String inWords(Metric metric) {
        return words(size, metric) + " (95 % interval " + words(low, metric) + " to " + words(high, metric) + ")";
    }

    private String words(double value, Metric metric) {
        if (relative) {
            return signed(Math.round(value * 1_000) / 10.0) + " %";
        }
        if (Margin.isShare(metric)) {
            return signed(Math.round(value * (Margin.isPercent(metric) ? 100 : 10_000)) / 100.0) + " points";
        }
        return signed(value) + Thresholds.unit(metric);
    }

    private static String signed(double value) {
        return (value > 0 ? "+" : "") + Seen.number(value);
    }
}
