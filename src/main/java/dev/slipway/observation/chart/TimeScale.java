package dev.slipway.observation.chart;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * From when to when a chart reaches, and where its axis is marked.
 *
 * @param from at the left
 * @param to   at the right; after {@code from}
 * @param zone of the clock times
 * @param step between two marks
 */
record TimeScale(Instant from, Instant to, ZoneId zone, Duration step) {

    private static final int MOST = 7;
    private static final Duration AROUND_ONE = Duration.ofSeconds(30);
    private static final Duration DAY = Duration.ofDays(1);
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAYS = DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final List<Duration> STEPS = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofMinutes(1),
            Duration.ofMinutes(2),
            Duration.ofMinutes(5),
            Duration.ofMinutes(10),
            Duration.ofMinutes(15),
            Duration.ofMinutes(30),
            Duration.ofHours(1),
            Duration.ofHours(2),
            Duration.ofHours(3),
            Duration.ofHours(6),
            Duration.ofHours(12),
            DAY,
            Duration.ofDays(2),
            Duration.ofDays(7),
            Duration.ofDays(30),
            Duration.ofDays(365));

    /** @param mark one time on the axis, in words */
    record Mark(Instant at, String text) {}

    /** @param points at least one */
    static TimeScale of(List<Point> points, ZoneId zone) {
        var first = points.get(0).at();
        var last = points.get(points.size() - 1).at();
        var isOne = !last.isAfter(first);
        var from = isOne ? first.minus(AROUND_ONE) : first;
        var to = isOne ? first.plus(AROUND_ONE) : last;
        var length = Duration.between(from, to);
        var step = STEPS.stream()
                .filter(candidate -> candidate.multipliedBy(MOST).compareTo(length) >= 0)
                .findFirst()
                .orElse(length);
        return new TimeScale(from, to, zone, step);
    }

    /** @return 0 at the left, 1 at the right */
    double share(Instant at) {
        return (double) Duration.between(from, at).toMillis()
                / Duration.between(from, to).toMillis();
    }

    /** @return round clock times, ascending */
    List<Mark> marks() {
        var offset = zone.getRules().getOffset(from).getTotalSeconds();
        var seconds = step.toSeconds();
        var first = -Math.floorDiv(-(from.getEpochSecond() + offset + (from.getNano() > 0 ? 1 : 0)), seconds) * seconds;
        var format = format();
        var marks = new ArrayList<Mark>();
        for (var at = Instant.ofEpochSecond(first - offset); !at.isAfter(to); at = at.plus(step)) {
            marks.add(new Mark(at, format.format(at.atZone(zone))));
        }
        return marks;
    }

    /** @return such as {@code 25 Nov 2026, Europe/Berlin} */
    String caption() {
        var begins = DATE.format(from.atZone(zone));
        var ends = DATE.format(to.atZone(zone));
        return (begins.equals(ends) ? begins : begins + " – " + ends) + ", " + zone.getId();
    }

    private DateTimeFormatter format() {
        if (step.compareTo(Duration.ofMinutes(1)) < 0) {
            return SECONDS;
        }
        return Duration.between(from, to).compareTo(DAY) < 0 ? MINUTES : DAYS;
    }
}
