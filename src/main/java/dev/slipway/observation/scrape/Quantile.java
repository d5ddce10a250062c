package dev.slipway.observation.scrape;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code histogram_quantile} as Prometheus computes it: linear within a bucket. */
final class Quantile {

    private static final String UPPER_BOUND = "le";

    private Quantile() {}

    static Result.Vector of(double quantile, Result.Vector buckets) {
        var histograms = new HashMap<SortedMap<String, String>, NavigableMap<Double, Double>>();
        buckets.values().forEach((labels, count) -> {
            var bound = labels.get(UPPER_BOUND);
            if (bound != null) {
                var others = new TreeMap<>(labels);
                others.remove(UPPER_BOUND);
                histograms.computeIfAbsent(others, unused -> new TreeMap<>()).put(Exposition.number(bound), count);
            }
        });
        var values = new HashMap<SortedMap<String, String>, Double>();
        histograms.forEach((labels, histogram) -> values.put(labels, of(quantile, histogram)));
        return new Result.Vector(Map.copyOf(values));
    }

    /** @param histogram cumulative counts by upper bound */
    private static double of(double quantile, NavigableMap<Double, Double> histogram) {
        if (histogram.size() < 2 || !Double.isInfinite(histogram.lastKey())) {
            return Double.NaN;
        }
        var total = histogram.lastEntry().getValue();
        if (!(total > 0)) {
            return Double.NaN;
        }
        var rank = quantile * total;
        var lower = Double.NaN;
        var below = 0.0;
        for (var bucket : histogram.entrySet()) {
            var upper = bucket.getKey();
            var count = Math.max(below, bucket.getValue());
            if (count >= rank) {
                return within(lower, upper, below, count, rank);
            }
            lower = upper;
            below = count;
        }
        return histogram.lowerKey(histogram.lastKey());
    }

    private static double within(double lower, double upper, double below, double count, double rank) {
        if (Double.isInfinite(upper)) {
            return lower;
        }
        if (Double.isNaN(lower) && upper <= 0) {
            return upper;
        }
        var start = Double.isNaN(lower) ? 0 : lower;
        return count == below ? upper : start + (upper - start) * (rank - below) / (count - below);
    }
}
