package dev.slipway.observation.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The course of a metric in one line of text. */
public final class Sparkline {

    private static final String BLOCKS = "▁▂▃▄▅▆▇█";
    private static final char NOTHING = '·';
    private static final int WIDEST = 40;

    private Sparkline() {}

    /**
     * @param values oldest first; null where there was none. Of more than 40 the highest of each group is shown
     * @return blocks from the lowest to the highest value, a dot for each that is missing; empty where there are none
     */
    public static String of(List<Double> values) {
        var shown = grouped(values);
        var known = shown.stream().filter(Objects::nonNull).mapToDouble(Double::doubleValue);
        var range = known.summaryStatistics();
        return shown.stream()
                .map(value -> String.valueOf(value == null ? NOTHING : block(value, range.getMin(), range.getMax())))
                .collect(Collectors.joining());
    }

    /**
     * @param unit may be null
     * @return the same with its range in words, such as {@code ▁▂▇ 0.01 to 0.04 ratio, last 0.04}; empty where there
     *     is no value
     */
    public static String inWords(List<Double> values, String unit) {
        var known = values.stream().filter(Objects::nonNull).toList();
        if (known.isEmpty()) {
            return "";
        }
        var range = known.stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return of(values) + " " + Numbers.of(range.getMin()) + " to " + Numbers.of(range.getMax())
                + (unit == null ? "" : " " + unit) + ", last " + Numbers.of(known.get(known.size() - 1));
    }

    private static char block(double value, double lowest, double highest) {
        if (highest <= lowest) {
            return BLOCKS.charAt(0);
        }
        // Halved first, so that the distance of the ends can not overflow.
        var share = (value / 2 - lowest / 2) / (highest / 2 - lowest / 2);
        return BLOCKS.charAt((int) Math.round(Math.max(0, Math.min(1, share)) * (BLOCKS.length() - 1)));
    }

    private static List<Double> grouped(List<Double> values) {
        if (values.size() <= WIDEST) {
            return values;
        }
        var groups = new ArrayList<Double>();
        for (var i = 0; i < WIDEST; i++) {
            var group = values.subList(i * values.size() / WIDEST, (i + 1) * values.size() / WIDEST);
            groups.add(
                    group.stream().filter(Objects::nonNull).max(Double::compare).orElse(null));
        }
        return groups;
    }
}
