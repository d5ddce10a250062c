package dev.slipway.observation.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * From which to which value a chart reaches, and where its axis is marked.
 *
 * @param lowest  at the bottom
 * @param highest at the top; above {@code lowest}
 * @param ticks   round numbers between both, ascending
 */
record ValueScale(double lowest, double highest, List<Double> ticks) {

    private static final int ABOUT = 4;
    /** No chart tells such values apart; without an end their distance would overflow. */
    private static final double END = 1e150;
    /** Smaller is zero. */
    private static final double NOTHING = 1e-100;

    /** A difference so much smaller than the values themselves is none. */
    private static final double SAME = 1e-12;
    /** A limit that lies further away would press the values flat: it is named, not drawn to scale. */
    private static final double FAR = 10;

    static ValueScale of(Chart chart) {
        var known = chart.points().stream()
                .flatMap(point -> Stream.of(point.value(), point.baseline()))
                .filter(Objects::nonNull)
                .mapToDouble(ValueScale::within)
                .toArray();
        var before = chart.before() == null ? DoubleStream.empty() : DoubleStream.of(within(chart.before()));
        var values = DoubleStream.concat(DoubleStream.of(known), before).summaryStatistics();
        var low = values.getCount() == 0 ? 0 : values.getMin();
        var high = values.getCount() == 0 ? 0 : values.getMax();
        for (var limit : Stream.of(chart.failAbove(), chart.failBelow())
                .filter(Objects::nonNull)
                .map(ValueScale::within)
                .toList()) {
            if (isNear(limit, low, high)) {
                low = Math.min(low, limit);
                high = Math.max(high, limit);
            }
        }
        // Zero belongs on the axis wherever it does not hide the course of the values.
        if (low > 0 && low < high * 0.75) {
            low = 0;
        }
        return between(low, high);
    }

    private static boolean isNear(double limit, double low, double high) {
        var span = high - low;
        return span <= 0
                || Math.max(high, limit) - Math.min(low, limit) <= FAR * span
                || Math.abs(limit) <= FAR * Math.max(Math.abs(low), Math.abs(high));
    }

    private static ValueScale between(double low, double high) {
        var from = low;
        var to = high;
        if (to - from <= Math.max(NOTHING, Math.abs(from) * SAME)) {
            var isZero = Math.abs(from) <= NOTHING;
            var around = isZero ? 1 : Math.abs(from) / 2;
            from = isZero ? 0 : from - around;
            to = to + around;
        }
        var step = round((to - from) / ABOUT);
        var first = Math.floor(from / step + 1e-9);
        var last = Math.ceil(to / step - 1e-9);
        var ticks = new ArrayList<Double>();
        for (var i = 0; i <= last - first && i <= 2 * ABOUT + 2; i++) {
            ticks.add((first + i) * step);
        }
        return new ValueScale(first * step, last * step, List.copyOf(ticks));
    }

    /** @return 1, 2, 2.5 or 5 times a power of ten, at least {@code step} */
    private static double round(double step) {
        var power = Math.pow(10, Math.floor(Math.log10(step)));
        return DoubleStream.of(1, 2, 2.5, 5, 10)
                .map(factor -> factor * power)
                .filter(candidate -> candidate >= step * (1 - 1e-9))
                .findFirst()
                .orElse(10 * power);
    }

    static double within(double value) {
        return Math.max(-END, Math.min(END, value));
    }

    boolean holds(double value) {
        return value >= lowest && value <= highest;
    }

    /** @return 0 at the bottom, 1 at the top */
    double share(double value) {
        return (within(value) - lowest) / (highest - lowest);
    }
}
