package dev.slipway.observation.scrape;

import java.util.List;

/** {@code increase} and {@code rate} as Prometheus computes them: counter resets added, ends extrapolated. */
final class Rate {

    private static final double GAP = 1.1;
    private static final long LEAST_MILLIS = 1_000;

    private Rate() {}

    /**
     * @param points within the window, oldest first
     * @param end    of the window, epoch milliseconds
     * @return NaN where there are not two points at least a second apart
     */
    static double increase(List<Point> points, long end, long windowMillis) {
        if (points.size() < 2) {
            return Double.NaN;
        }
        var first = points.get(0);
        var last = points.get(points.size() - 1);
        var sampled = last.at() - first.at();
        if (sampled < LEAST_MILLIS) {
            return Double.NaN;
        }
        var increase = last.value() - first.value();
        for (var i = 1; i < points.size(); i++) {
            if (points.get(i).value() < points.get(i - 1).value()) {
                increase += points.get(i - 1).value();
            }
        }
        var between = (double) sampled / (points.size() - 1);
        var toStart = extrapolated(first.at() - (end - windowMillis), between);
        var toEnd = extrapolated(end - last.at(), between);
        if (increase > 0 && first.value() >= 0) {
            // A counter does not begin below zero.
            toStart = Math.min(toStart, sampled * (first.value() / increase));
        }
        return increase * (sampled + toStart + toEnd) / sampled;
    }

    private static double extrapolated(long distance, double between) {
        return distance < between * GAP ? distance : between / 2;
    }
}
