package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import java.util.Locale;
import java.util.Set;

/**
 * How much harm a comparison lets pass: a share of the baseline, and at least {@code floor}.
 *
 * @param relative 0.2 for a fifth of the baseline
 * @param floor    in the metric's own unit; 0 for none
 */
record Margin(double relative, double floor) {

    private static final Set<String> PERCENT = Set.of("percent", "%");

    /** @return harm that is tolerated (δ) */
    static Margin tolerated(Metric metric) {
        var usual = usualTolerance(metric);
        return metric.tolerance() == null ? usual : new Margin(metric.tolerance(), usual.floor);
    }

    /** @return harm that must be ruled out before anyone says that all is well (Δ) */
    static Margin ruledOut(Metric metric) {
        var usual = usualTolerance(metric);
        var times = metric.kind() == MetricKind.LATENCY || isConversion(metric) ? 2.5 : 2.0;
        var floorTimes = metric.kind() == MetricKind.ERROR_RATE ? pointsTimes(metric) : times;
        var tolerance = metric.tolerance() == null ? usual.relative : metric.tolerance();
        return new Margin(tolerance * times, usual.floor * floorTimes);
    }

    private static Margin usualTolerance(Metric metric) {
        return switch (metric.kind()) {
            // A success rate near 100 % has no room for a relative margin.
            case ERROR_RATE -> new Margin(metric.worseWhen() == WorseWhen.LOWER ? 0 : 0.5, toleratedPoints(metric));
            case LATENCY -> new Margin(0.2, tenMilliseconds(metric));
            case BUSINESS -> new Margin(isConversion(metric) ? 0.1 : 0.2, 0);
            case BACKGROUND, SATURATION -> new Margin(0.3, 0);
        };
    }

    private static boolean isConversion(Metric metric) {
        return metric.kind() == MetricKind.BUSINESS && isShare(metric);
    }

    /** One percentage point of errors must be ruled out, or two of a success rate, whose low end has no counts. */
    private static double pointsTimes(Metric metric) {
        return metric.worseWhen() == WorseWhen.LOWER ? 5.0 : 2.5;
    }

    private static double toleratedPoints(Metric metric) {
        return isPercent(metric) ? 0.4 : 0.004;
    }

    private static double tenMilliseconds(Metric metric) {
        return switch (unit(metric)) {
            case "s", "seconds" -> 0.010;
            case "ms", "milliseconds" -> 10;
            default -> 0;
        };
    }

    private static String unit(Metric metric) {
        return metric.unit() == null ? "" : metric.unit().toLowerCase(Locale.ROOT);
    }

    /** @return the same, and at least {@code least} where it is a share of the baseline; no limit of a percentage moves */
    Margin atLeast(double least) {
        return relative == 0 ? this : new Margin(relative, Math.max(floor, least));
    }

    /** @return whether it is a share of this baseline, and not its floor */
    boolean isRelativeAt(double baseline) {
        return floor <= relative * Math.abs(baseline);
    }

    /** @return whether it is a part of something, between none and all of it */
    static boolean isShare(Metric metric) {
        return unit(metric).equals("ratio") || isPercent(metric);
    }

    static boolean isPercent(Metric metric) {
        return PERCENT.contains(unit(metric));
    }

    /** @return {@code value} moved back by this margin, as if harm of just this size had not happened */
    double moveBack(double value, double baseline, boolean higherIsWorse) {
        if (!isRelativeAt(baseline)) {
            return higherIsWorse ? value - floor : value + floor;
        }
        return higherIsWorse ? value / (1 + relative) : value * (1 + relative);
    }
}
