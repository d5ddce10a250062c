package dev.slipway.calendar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;

/** Which occurrences of a calendar's events share a moment with a stretch of time. */
final class Occurrences {

    private final List<VEvent> events;
    private final Zones zones;
    private final ZoneRules own;
    private final Instant from;
    private final Instant to;

    private Occurrences(Calendar calendar, ZoneId zone, Instant from, Instant to) {
        this.events = calendar.getComponents(Component.VEVENT);
        this.zones = new Zones(calendar, to);
        this.own = zone.getRules();
        this.from = from;
        this.to = to;
    }

    /**
     * @param zone of days and of times that name none
     * @throws ParserException          where it is no iCalendar
     * @throws IllegalArgumentException where an event has no valid time
     */
    static List<CalendarEvent> in(byte[] calendar, ZoneId zone, Instant from, Instant to)
            throws IOException, ParserException {
        var read = new CalendarBuilder(new NamedZones()).build(new ByteArrayInputStream(calendar));
        return new Occurrences(read, zone, from, to).all();
    }

    private record Replaced(String uid, Instant start) {}

    private List<CalendarEvent> all() {
        // An event that bears a RECURRENCE-ID stands in place of that one occurrence of its series.
        var replaced = new HashSet<Replaced>();
        for (var event : events) {
            time(event, Property.RECURRENCE_ID).ifPresent(id -> replaced.add(new Replaced(uid(event), id.instant())));
        }
        var found = new ArrayList<CalendarEvent>();
        for (var event : events) {
            if (!isCancelled(event)) {
                found.addAll(of(event, replaced));
            }
        }
        return found.stream()
                .filter(event -> event.from().isBefore(to) && event.to().isAfter(from))
                .distinct()
                .toList();
    }

    private List<CalendarEvent> of(VEvent event, Set<Replaced> replaced) {
        var first = time(event, Property.DTSTART)
                .orElseThrow(() -> new IllegalArgumentException(summary(event) + " has no DTSTART"));
        if (event.getProperty(Property.RECURRENCE_ID).isPresent()) {
            return List.of(occurrence(event, first, end(event, first, first)));
        }
        // The search begins a length of the event earlier: what began before may still be on.
        var length = Duration.between(first.instant(), end(event, first, first));
        var earliest =
                LocalDateTime.ofInstant(from, ZoneOffset.UTC).minus(length).minusDays(2);
        var latest = LocalDateTime.ofInstant(to, ZoneOffset.UTC).plusDays(2);
        var repetition = Repetition.of(event, first, zones, own);
        return repetition.starts(earliest, latest).stream()
                .filter(start -> !replaced.contains(new Replaced(uid(event), start.instant())))
                .map(start -> occurrence(event, start, repetition.end(start).orElseGet(() -> end(event, first, start))))
                .toList();
    }

    private static CalendarEvent occurrence(VEvent event, WallTime start, Instant end) {
        return new CalendarEvent(
                summary(event), People.attendees(event), People.organizer(event), start.instant(), end);
    }

    /** @return when an occurrence that begins at {@code start} is over (RFC 5545, 3.6.1) */
    private Instant end(VEvent event, WallTime first, WallTime start) {
        var end = time(event, Property.DTEND);
        if (end.isPresent()) {
            return start.wall().equals(first.wall()) ? end.get().instant() : endByTheClock(first, end.get(), start);
        }
        TemporalAmount duration = event.<net.fortuna.ical4j.model.property.Duration>getProperty(Property.DURATION)
                .map(net.fortuna.ical4j.model.property.Duration::getDuration)
                .orElse(null);
        if (duration instanceof java.time.Period days) {
            return start.at(start.wall().plus(days)).instant();
        }
        if (duration != null) {
            return start.instant().plus(duration);
        }
        return start.isDay() ? start.at(start.wall().plusDays(1)).instant() : start.instant();
    }

    /**
     * By the clock on the wall, as calendar programs show it: a week on call from Monday 9:00 to Monday 9:00 is an hour
     * longer when the clock goes back. RFC 5545 (3.8.5.3) would keep the hours, and leave one without anybody.
     */
    private static Instant endByTheClock(WallTime first, WallTime firstEnd, WallTime start) {
        var length = ChronoUnit.SECONDS.between(first.wall(), first.shows(firstEnd));
        return start.at(start.wall().plusSeconds(length)).instant();
    }

    private Optional<WallTime> time(VEvent event, String name) {
        return event.<DateProperty<Temporal>>getProperty(name)
                .map(property -> WallTime.of(property, property.getDate(), zones, own));
    }

    private static boolean isCancelled(VEvent event) {
        return event.getProperty(Property.STATUS)
                .map(status -> status.getValue().toUpperCase(Locale.ROOT).equals("CANCELLED"))
                .orElse(false);
    }

    private static String summary(VEvent event) {
        return event.getProperty(Property.SUMMARY).map(Property::getValue).orElse("an event without a name");
    }

    private static String uid(VEvent event) {
        return event.getProperty(Property.UID).map(Property::getValue).orElse("");
    }
}
