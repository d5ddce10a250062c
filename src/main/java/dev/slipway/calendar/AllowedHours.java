package dev.slipway.calendar;

import dev.slipway.catalog.ServiceDefinition;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The hours of the week in which a service may be released, by the clock on the wall of its time zone. No hours named
 * means always.
 */
public final class AllowedHours {

    /** By name: as an offset it would be written Z. */
    private static final ZoneId UTC = ZoneId.of("UTC");

    private static final Pattern FORM =
            Pattern.compile("([A-Z,-]+)\\s+([0-9]{1,2}:[0-9]{2})\\s*-\\s*([0-9]{1,2}:[0-9]{2})");
    /** A week, and one more: the hours of one day can fall into the hour that the clock skips in spring. */
    private static final int DAYS_AHEAD = 15;

    private final ZoneId zone;
    private final List<String> texts;
    private final List<Span> spans;

    private AllowedHours(ZoneId zone, List<String> texts) {
        this.zone = zone;
        this.texts = texts;
        this.spans = texts.stream().map(Span::parse).toList();
    }

    /**
     * @throws IllegalArgumentException where the zone or one of the hours can't be read, naming it
     */
    public static AllowedHours of(ServiceDefinition.Windows windows) {
        return new AllowedHours(zone(windows), windows.allowed());
    }

    /** @return the service's time zone, UTC where it names none */
    public static ZoneId zone(ServiceDefinition.Windows windows) {
        if (windows.timezone() == null) {
            return UTC;
        }
        try {
            return ZoneId.of(windows.timezone());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "windows.timezone: " + windows.timezone() + " is not a time zone such as Europe/Berlin", e);
        }
    }

    public boolean contain(Instant at) {
        return spans.isEmpty() || around(at).anyMatch(hours -> hours.contains(at));
    }

    /** @return the first allowed instant at or after {@code at}; empty where no hours are left by their own rules */
    public Optional<Instant> nextAt(Instant at) {
        if (contain(at)) {
            return Optional.of(at);
        }
        return around(at).map(TimeSpan::from).filter(from -> !from.isBefore(at)).min(Comparator.naturalOrder());
    }

    /** @return every stretch of allowed time between two moments, in order, those that touch each other as one */
    public List<TimeSpan> between(Instant from, Instant to) {
        if (spans.isEmpty()) {
            return from.isBefore(to) ? List.of(new TimeSpan(from, to)) : List.of();
        }
        var first = from.atZone(zone).toLocalDate().minusDays(1);
        var last = to.atZone(zone).toLocalDate().plusDays(1);
        return TimeSpan.merged(on(first, last)
                .flatMap(hours -> hours.within(from, to).stream())
                .toList());
    }

    /** @return as in the service definition, with the zone, for people */
    public String inWords() {
        return texts.isEmpty() ? "at any time" : String.join(", ", texts) + " (" + zone + ")";
    }

    private Stream<TimeSpan> around(Instant at) {
        var today = at.atZone(zone).toLocalDate();
        // Hours that began yesterday may reach over midnight.
        return on(today.minusDays(1), today.plusDays(DAYS_AHEAD));
    }

    /** @param last not included */
    private Stream<TimeSpan> on(LocalDate first, LocalDate last) {
        return first.datesUntil(last)
                .flatMap(day -> spans.stream().map(span -> span.on(day, zone)))
                .filter(Objects::nonNull);
    }

    private record Span(Set<DayOfWeek> days, LocalTime from, LocalTime to) {

        static Span parse(String text) {
            var match = FORM.matcher(text.trim().toUpperCase(Locale.ROOT));
            if (!match.matches()) {
                throw unreadable(text, null);
            }
            try {
                // 24:00 is the midnight that ends a day, and so the first minute of the next.
                var to = match.group(3).equals("24:00") ? LocalTime.MIDNIGHT : time(match.group(3));
                return new Span(days(match.group(1)), time(match.group(2)), to);
            } catch (DateTimeException | IllegalArgumentException e) {
                throw unreadable(text, e);
            }
        }

        /** @return null where the day has no such hours, or the clock skips them */
        TimeSpan on(LocalDate day, ZoneId zone) {
            if (!days.contains(day.getDayOfWeek())) {
                return null;
            }
            var end = to.isAfter(from) ? day : day.plusDays(1);
            var begins = instant(day.atTime(from), zone);
            var ends = instant(end.atTime(to), zone);
            return begins.isBefore(ends) ? new TimeSpan(begins, ends) : null;
        }

        private static Instant instant(LocalDateTime wall, ZoneId zone) {
            var change = zone.getRules().getTransition(wall);
            // A wall time that is skipped in spring stands for the moment of the change, not for an hour later.
            return change != null && change.isGap()
                    ? change.getInstant()
                    : wall.atZone(zone).toInstant();
        }

        private static LocalTime time(String text) {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        }

        private static Set<DayOfWeek> days(String text) {
            var days = EnumSet.noneOf(DayOfWeek.class);
            for (var part : text.split(",")) {
                var ends = part.split("-", -1);
                if (ends.length > 2) {
                    throw new IllegalArgumentException(part);
                }
                var last = day(ends[ends.length - 1]);
                for (var day = day(ends[0]); ; day = day.plus(1)) {
                    days.add(day);
                    if (day == last) {
                        break;
                    }
                }
            }
            return days;
        }

        private static DayOfWeek day(String text) {
            return Arrays.stream(DayOfWeek.values())
                    .filter(day -> text.length() >= 3 && day.name().startsWith(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(text));
        }

        private static IllegalArgumentException unreadable(String text, Exception cause) {
            return new IllegalArgumentException(
                    "windows.allowed: \"" + text
                            + "\" can't be read. Write days and hours such as MON-THU 09:00-16:00.",
                    cause);
        }
    }
}
