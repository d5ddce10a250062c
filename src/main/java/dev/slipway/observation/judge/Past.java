package dev.slipway.observation.judge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;
import org.apache.commons.statistics.descriptive.Quantile;

/**
 * What a metric did earlier: how it moves at this time of the day, how far it strays by itself, how high it usually is,
 * and how much one value says about the next. It only ever forgives; it never accuses.
 */
public final class Past {

    /** Nothing is known. */
    public static final Past NONE = new Past(List.of(), List.of());

    private static final int FEWEST_FOR_LEVEL = 100;
    private static final int FEWEST_FOR_CORRELATION = 120;
    private static final int MOST_FOR_CORRELATION = 240;
    private static final double NEGLIGIBLE_CORRELATION = 0.5;
    private static final double STRONGEST_CORRELATION = 0.98;
    private static final int BLOCK = 60;
    private static final int MOST_FOR_EXCURSION = 2_016; // a week at five minutes
    private static final double EXCURSION_QUANTILE = 0.99;
    private static final int WINDOW = 3;
    private static final int FEWEST_DAYS = 2;
    private static final int FEWEST_BEFORE = 8;
    private static final List<Integer> DAYS = List.of(1, 2, 3, 4, 5, 6, 7);
    private static final List<Integer> WEEKS = List.of(7, 14, 21);
    private static final Duration LONGEST_BACK = Duration.ofHours(2);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private record Asked(int baseline, boolean higherIsWorse, boolean logarithmic) {}

    private final long[] times; // epoch seconds, ascending
    private final double[] values;
    private final double correlation;
    private final double correlationOfLogarithms;
    private final Map<Asked, Double> excursions = new HashMap<>();

    /** One value at one time. */
    public record Point(Instant at, double value) {}

    private Past(List<Point> days, List<Point> looks) {
        var sorted = sorted(days);
        times = sorted.stream().mapToLong(point -> point.at().getEpochSecond()).toArray();
        values = sorted.stream().mapToDouble(Point::value).toArray();
        var recent = sorted(looks);
        recent = recent.subList(Math.max(0, recent.size() - MOST_FOR_CORRELATION), recent.size());
        correlation = correlation(recent);
        correlationOfLogarithms = recent.stream().anyMatch(point -> point.value() <= 0)
                ? 0
                : correlation(recent.stream()
                        .map(point -> new Point(point.at(), Math.log(point.value())))
                        .toList());
    }

    private static List<Point> sorted(List<Point> points) {
        return points.stream().sorted(Comparator.comparing(Point::at)).toList();
    }

    /**
     * Either may be empty.
     *
     * @param days  of quiet times before the baseline, in any order; values are finite
     * @param looks of quiet times before the baseline, as far apart as looks are, in any order; values are finite
     */
    public static Past of(List<Point> days, List<Point> looks) {
        return days.isEmpty() && looks.isEmpty() ? NONE : new Past(days, looks);
    }

    /**
     * How much a look says about the next: the correlation of neighbouring values, or of their logarithms, with the
     * correction for bias of Kendall 1954, from the latest 240 values. It is taken around the mean of each 60, for what
     * goes slower is the season's.
     *
     * @return above 0.5, at most 0.98; 0 where it is not more than 0.5, which the margins make up for, and where fewer
     *         than 120 values are known: fewer say too little about it
     */
    double correlation(boolean logarithmic) {
        return logarithmic ? correlationOfLogarithms : correlation;
    }

    private static double correlation(List<Point> recent) {
        if (recent.size() < FEWEST_FOR_CORRELATION) {
            return 0;
        }
        var step = Duration.between(
                        recent.get(0).at(), recent.get(recent.size() - 1).at())
                .dividedBy(recent.size() - 1);
        var together = 0.0;
        var alone = 0.0;
        for (var begin = 0; begin + BLOCK <= recent.size(); begin += BLOCK) {
            var block = recent.subList(begin, begin + BLOCK);
            var mean = block.stream().mapToDouble(Point::value).average().orElseThrow();
            for (var i = 1; i < BLOCK; i++) {
                var one = block.get(i - 1);
                var next = block.get(i);
                if (Duration.between(one.at(), next.at())
                                .compareTo(step.multipliedBy(3).dividedBy(2))
                        <= 0) {
                    together += (one.value() - mean) * (next.value() - mean);
                    alone += ((one.value() - mean) * (one.value() - mean)
                                    + (next.value() - mean) * (next.value() - mean))
                            / 2;
                }
            }
        }
        if (alone == 0) {
            return 0;
        }
        var biased = together / alone;
        var estimate = Math.min(STRONGEST_CORRELATION, biased + (1 + 3 * biased) / BLOCK);
        return estimate > NEGLIGIBLE_CORRELATION ? estimate : 0;
    }

    /** @return the median of the absolute values; 0 where fewer than 100 are known */
    double usualLevel() {
        return values.length < FEWEST_FOR_LEVEL
                ? 0
                : Median.withDefaults()
                        .evaluate(Arrays.stream(values).map(Math::abs).toArray());
    }

    /**
     * How much the metric usually moves to the worse between these times of the day: the median over the last seven days
     * of ln(after / before), and over the same weekday of three weeks where that much is known.
     *
     * @return 0 or more; 0 where fewer than two days tell
     */
    double season(List<Instant> before, List<Instant> after, boolean higherIsWorse) {
        if (values.length == 0 || before.isEmpty() || after.isEmpty()) {
            return 0;
        }
        var known =
                Duration.ofSeconds(before.get(0).getEpochSecond() - times[0]).toDays();
        var moves = new ArrayList<Double>();
        for (var days : known >= 21 ? WEEKS : DAYS) {
            var earlier = before(before, Duration.ofDays(days));
            var later = after(after, Duration.ofDays(days));
            if (earlier.length >= FEWEST_BEFORE && later.length > 0) {
                var from = Median.withDefaults().evaluate(earlier);
                var to = Median.withDefaults().evaluate(later);
                if (from > 0 && to > 0) {
                    moves.add((higherIsWorse ? 1 : -1) * Math.log(to / from));
                }
            }
        }
        if (moves.size() < FEWEST_DAYS) {
            return 0;
        }
        return Math.max(
                0,
                Median.withDefaults()
                        .evaluate(
                                moves.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    /** What is known of these times on an earlier day; where that is too little, of up to two hours before them too. */
    private double[] before(List<Instant> window, Duration earlier) {
        var end = indexAfter(last(window) - earlier.toSeconds());
        var begin = indexOf(first(window) - earlier.toSeconds());
        if (end - begin < FEWEST_BEFORE) {
            var farthest = indexOf(last(window) - earlier.plus(LONGEST_BACK).toSeconds());
            begin = Math.max(farthest, end - FEWEST_BEFORE);
        }
        return Arrays.copyOfRange(values, Math.min(begin, end), end);
    }

    /** What is known of these times on an earlier day; where that is nothing, the next value if it came soon. */
    private double[] after(List<Instant> window, Duration earlier) {
        var begin = indexOf(first(window) - earlier.toSeconds());
        var end = indexAfter(last(window) - earlier.toSeconds());
        if (begin >= end) {
            end = Math.min(
                    begin + 1,
                    indexAfter(first(window) - earlier.minus(LONGEST_WAIT).toSeconds()));
        }
        return Arrays.copyOfRange(values, Math.min(begin, end), end);
    }

    private static long first(List<Instant> window) {
        return window.stream().min(Comparator.naturalOrder()).orElseThrow().getEpochSecond();
    }

    private static long last(List<Instant> window) {
        return window.stream().max(Comparator.naturalOrder()).orElseThrow().getEpochSecond();
    }

    /** @return the index of the first value at or after that second */
    private int indexOf(long second) {
        var found = Arrays.binarySearch(times, second);
        return found >= 0 ? found : -found - 1;
    }

    private int indexAfter(long second) {
        return indexOf(second + 1);
    }

    /**
     * How far two of three neighbouring values strayed to the worse from the median of the values before them, in 99 of
     * 100 cases.
     *
     * @param baseline      how many values before them; at least 1
     * @param logarithmic   whether values are compared as logarithms; then those that are not positive are left out
     * @return 0 or more; 0 where fewer than 100 values are known
     */
    double excursion(int baseline, boolean higherIsWorse, boolean logarithmic) {
        synchronized (excursions) {
            return excursions.computeIfAbsent(new Asked(baseline, higherIsWorse, logarithmic), this::measureExcursion);
        }
    }

    private double measureExcursion(Asked asked) {
        var all = Arrays.stream(values)
                .filter(value -> !asked.logarithmic() || value > 0)
                .map(value -> (asked.higherIsWorse() ? 1 : -1) * (asked.logarithmic() ? Math.log(value) : value))
                .toArray();
        if (all.length < FEWEST_FOR_LEVEL) {
            return 0;
        }
        var recent = Arrays.copyOfRange(all, Math.max(0, all.length - MOST_FOR_EXCURSION), all.length);
        var strayed = new ArrayList<Double>();
        for (var i = asked.baseline(); i + WINDOW <= recent.length; i++) {
            var before = Median.withDefaults().evaluate(Arrays.copyOfRange(recent, i - asked.baseline(), i));
            var after = Arrays.copyOfRange(recent, i, i + WINDOW);
            Arrays.sort(after);
            strayed.add(after[WINDOW - 2] - before);
        }
        return strayed.isEmpty()
                ? 0
                : Math.max(
                        0,
                        Quantile.withDefaults()
                                .evaluate(
                                        strayed.stream()
                                                .mapToDouble(Double::doubleValue)
                                                .toArray(),
                                        EXCURSION_QUANTILE));
    }
}
