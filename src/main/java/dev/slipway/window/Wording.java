package dev.slipway.window;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times and weights are written for people. */
final class Wording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm zzz", Locale.ENGLISH);

    private Wording() {}

    static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    /** @return such as {@code 2.5 %} or {@code 25 %} */
    static String percent(double weight) {
        return (weight == Math.rint(weight) ? String.valueOf((long) weight) : String.valueOf(weight)) + " %";
    }

    /** @return such as {@code from Tue 24 Nov 2026 10:00 CET to Tue 24 Nov 2026 12:00 CET}, or that none is booked */
    static String window(Instant start, Instant end, ZoneId zone) {
        if (start == null && end == null) {
            return "as soon as it is ready";
        }
        var from = start == null ? "as soon as it is ready" : "from " + time(start, zone);
        return end == null ? from + ", open ended" : from + " to " + time(end, zone);
    }
}
