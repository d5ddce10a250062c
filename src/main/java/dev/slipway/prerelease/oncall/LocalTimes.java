package dev.slipway.prerelease.oncall;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How times are told to people: by the clock on their wall. */
final class LocalTimes {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);
    /** In the hour that comes twice in autumn. */
    private static final DateTimeFormatter TIME_THAT_COMES_TWICE =
            DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);

    private LocalTimes() {}

    /** @return such as {@code Sat 28 Nov 22:00} */
    static String time(Instant at, ZoneId zone) {
        var local = at.atZone(zone);
        var comesTwice =
                zone.getRules().getValidOffsets(local.toLocalDateTime()).size() > 1;
        return (comesTwice ? TIME_THAT_COMES_TWICE : TIME).format(local);
    }

    /** @return such as {@code from Sat 28 Nov 22:00 to Sun 29 Nov 06:00 Europe/Berlin} */
    static String stretch(Instant from, Instant to, ZoneId zone) {
        return "from " + time(from, zone) + " to " + time(to, zone) + " " + zone;
    }
}
