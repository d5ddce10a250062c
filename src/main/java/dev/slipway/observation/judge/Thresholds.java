package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.ArrayList;

/** What a metric is held against, in words. */
public final class Thresholds {

    private Thresholds() {}

    /** @return such as {@code at most 0.02 ratio; not worse than the serving version by more than 50 %} */
    public static String of(Metric metric) {
        var parts = new ArrayList<String>();
        if (metric.failAbove() != null) {
            parts.add("at most " + Seen.number(metric.failAbove()) + unit(metric));
        }
        if (metric.failBelow() != null) {
            parts.add("at least " + Seen.number(metric.failBelow()) + unit(metric));
        }
        if (metric.compareWith() != CompareWith.NONE) {
            var other = metric.compareWith() == CompareWith.BASELINE ? "the serving version" : "before";
            parts.add("not worse than " + other + " by more than " + tolerance(metric));
        }
        return parts.isEmpty() ? "none" : String.join("; ", parts);
    }

    private static String tolerance(Metric metric) {
        var margin = Margin.tolerated(metric);
        var share = Seen.number(margin.relative() * 100) + " %";
        var floor = Seen.number(margin.floor()) + unit(metric);
        if (margin.floor() == 0) {
            return share;
        }
        return margin.relative() == 0 ? floor : share + " and " + floor;
    }

    static String unit(Metric metric) {
        return metric.unit() == null ? "" : " " + metric.unit();
    }
}
