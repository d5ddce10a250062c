package dev.slipway.calendar;

import dev.slipway.http.BoundedBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAmount;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.data.ParserException;
import net.fortuna.ical4j.model.Component;
import net.fortuna.ical4j.model.Period;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;
import net.fortuna.ical4j.model.property.DateProperty;
import net.fortuna.ical4j.model.property.RecurrenceId;

/** Reads iCalendar (RFC 5545) files and URLs. */
@org.springframework.stereotype.Component
public class Calendars {

    private static final int LARGEST = 5_000_000;
    private static final String WEBCAL = "webcal://";

    private final Path directory;
    private final CalendarProperties properties;
    private final HttpClient http;

    public Calendars(CalendarProperties properties, ServiceFilesProperties files) {
        this.directory = properties.directory() == null ? files.servicesDir() : properties.directory();
        this.properties = properties;
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.timeout())
                .build();
    }

    /**
     * Reads the calendar anew and says what is on.
     *
     * @param place a file, relative to the calendars' directory, or an address that begins with http, https or webcal
     * @param zone  of days and of times that name none
     * @return every occurrence that covers {@code at}
     * @throws UnreadableCalendar where it can't be fetched or is no iCalendar
     */
    public List<CalendarEvent> covering(String place, ZoneId zone, Instant at) throws UnreadableCalendar {
        return between(place, zone, at, at.plusMillis(1)).stream()
                .filter(event -> event.covers(at))
                .toList();
    }

    /**
     * Reads the calendar anew and says what is on in a stretch of time.
     *
     * @param place as above
     * @param zone  as above
     * @return every occurrence that shares a moment with the time from {@code from} to {@code to}
     * @throws UnreadableCalendar where it can't be fetched or is no iCalendar
     */
    public List<CalendarEvent> between(String place, ZoneId zone, Instant from, Instant to) throws UnreadableCalendar {
        var bytes = bytes(place);
        try {
            var calendar = new CalendarBuilder().build(new ByteArrayInputStream(bytes));
            return occurrences(calendar.<VEvent>getComponents(Component.VEVENT), zone, from, to);
        } catch (ParserException | IOException e) {
            throw new UnreadableCalendar(place, "it is no iCalendar (" + e.getMessage() + ")", e);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new UnreadableCalendar(place, "one of its events has no valid time (" + e.getMessage() + ")", e);
        }
    }

    private static List<CalendarEvent> occurrences(List<VEvent> events, ZoneId zone, Instant from, Instant to) {
        // An event that bears a RECURRENCE-ID stands in place of that one occurrence of its series.
        var replaced = new HashSet<Occurrence>();
        for (var event : events) {
            event.<RecurrenceId<Temporal>>getProperty(Property.RECURRENCE_ID)
                    .ifPresent(id -> replaced.add(new Occurrence(uid(event), instant(id.getDate(), zone))));
        }
        var found = new ArrayList<CalendarEvent>();
        for (var event : events) {
            if (!isCancelled(event)) {
                found.addAll(occurrences(event, replaced, zone, from, to));
            }
        }
        return found.stream()
                .filter(event -> event.from().isBefore(to) && event.to().isAfter(from))
                .distinct()
                .toList();
    }

    private static List<CalendarEvent> occurrences(
            VEvent event, Set<Occurrence> replaced, ZoneId zone, Instant from, Instant to) {
        var start = event.<DateProperty<Temporal>>getProperty(Property.DTSTART)
                .map(DateProperty::getDate)
                .orElseThrow(() -> new IllegalArgumentException(summary(event) + " has no DTSTART"));
        var replacement = event.getProperty(Property.RECURRENCE_ID).isPresent();
        if (replacement || !repeats(event)) {
            var begins = instant(start, zone);
            return List.of(occurrence(event, begins, end(event, start, zone)));
        }
        // The search begins a length of the event earlier: what began before may still be on.
        var length = java.time.Duration.between(instant(start, zone), end(event, start, zone));
        var earliest = from.minus(length).minus(1, ChronoUnit.DAYS);
        var latest = to.plus(1, ChronoUnit.DAYS);
        var found = new ArrayList<CalendarEvent>();
        for (var period : event.calculateRecurrenceSet(search(start, earliest, latest, zone))) {
            var begins = instant(period.getStart(), zone);
            if (!replaced.contains(new Occurrence(uid(event), begins))) {
                found.add(occurrence(event, begins, end(event, period.getStart(), zone)));
            }
        }
        return found;
    }

    private static CalendarEvent occurrence(VEvent event, Instant from, Instant to) {
        return new CalendarEvent(summary(event), People.attendees(event), People.organizer(event), from, to);
    }

    private record Occurrence(String uid, Instant start) {}

    /** The search must be in the kind of time that the event is in. */
    private static Period<? extends Temporal> search(Temporal kind, Instant from, Instant to, ZoneId zone) {
        if (kind instanceof LocalDate) {
            return new Period<>(from.atZone(zone).toLocalDate(), to.atZone(zone).toLocalDate());
        }
        if (kind instanceof LocalDateTime) {
            return new Period<>(
                    from.atZone(zone).toLocalDateTime(), to.atZone(zone).toLocalDateTime());
        }
        if (kind instanceof ZonedDateTime zoned) {
            return new Period<>(from.atZone(zoned.getZone()), to.atZone(zoned.getZone()));
        }
        if (kind instanceof OffsetDateTime offset) {
            return new Period<>(from.atOffset(offset.getOffset()), to.atOffset(offset.getOffset()));
        }
        return new Period<>(from, to);
    }

    private static boolean repeats(VEvent event) {
        return event.getProperty(Property.RRULE).isPresent()
                || event.getProperty(Property.RDATE).isPresent();
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

    /** @return when an occurrence that begins at {@code start} is over (RFC 5545, 3.6.1) */
    private static Instant end(VEvent event, Temporal start, ZoneId zone) {
        var first = event.<DateProperty<Temporal>>getProperty(Property.DTSTART)
                .map(DateProperty::getDate)
                .orElse(start);
        var end = event.<DateProperty<Temporal>>getProperty(Property.DTEND).map(DateProperty::getDate);
        if (end.isPresent() && start.equals(first)) {
            return instant(end.get(), zone);
        }
        if (end.isPresent()) {
            // In days where it is in days: a day is not always 24 hours.
            return first instanceof LocalDate firstDay && end.get() instanceof LocalDate lastDay
                    ? instant(start.plus(ChronoUnit.DAYS.between(firstDay, lastDay), ChronoUnit.DAYS), zone)
                    : endByTheClock(first, end.get(), start, zone);
        }
        TemporalAmount duration = event.<net.fortuna.ical4j.model.property.Duration>getProperty(Property.DURATION)
                .map(net.fortuna.ical4j.model.property.Duration::getDuration)
                .orElse(null);
        if (duration != null) {
            return duration instanceof java.time.Period days && start instanceof LocalDate day
                    ? instant(day.plus(days), zone)
                    : zoned(start, zone).plus(duration).toInstant();
        }
        return start instanceof LocalDate day ? instant(day.plusDays(1), zone) : instant(start, zone);
    }

    /**
     * By the clock on the wall, as calendar programs show it: a week on call from Monday 9:00 to Monday 9:00 is an hour
     * longer when the clock goes back. RFC 5545 (3.8.5.3) would keep the hours, and leave one without anybody.
     */
    private static Instant endByTheClock(Temporal first, Temporal firstEnd, Temporal start, ZoneId zone) {
        var own = first instanceof ZonedDateTime zoned ? zoned.getZone() : zone;
        if (first instanceof Instant || first instanceof OffsetDateTime) {
            return instant(start, zone).plus(java.time.Duration.between(instant(first, zone), instant(firstEnd, zone)));
        }
        var length = java.time.Duration.between(wall(first, own, zone), wall(firstEnd, own, zone));
        return wall(start, own, zone).plus(length).atZone(own).toInstant();
    }

    private static LocalDateTime wall(Temporal time, ZoneId own, ZoneId zone) {
        return zoned(time, zone).withZoneSameInstant(own).toLocalDateTime();
    }

    private static Instant instant(Temporal time, ZoneId zone) {
        return zoned(time, zone).toInstant();
    }

    private static ZonedDateTime zoned(Temporal time, ZoneId zone) {
        if (time instanceof LocalDate day) {
            return day.atStartOfDay(zone);
        }
        if (time instanceof LocalDateTime floating) {
            return floating.atZone(zone);
        }
        return Instant.from(time).atZone(zone);
    }

    /** @return how a calendar is named to people: of an address only the host, for the rest is often a secret */
    public static String name(String place) {
        if (!isAddress(place)) {
            return place;
        }
        try {
            var host = URI.create(place).getHost();
            return host == null ? "at an address without a host" : "at " + host;
        } catch (IllegalArgumentException e) {
            return "at an address that is none";
        }
    }

    private static boolean isAddress(String place) {
        var lower = place.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") || lower.startsWith("https://") || lower.startsWith(WEBCAL);
    }

    private byte[] bytes(String place) throws UnreadableCalendar {
        return isAddress(place) ? fetch(place) : read(place);
    }

    private byte[] read(String place) throws UnreadableCalendar {
        var file = directory.resolve(place);
        try {
            if (Files.size(file) > LARGEST) {
                throw new UnreadableCalendar(place, "it is larger than " + LARGEST + " bytes", null);
            }
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnreadableCalendar(place, "there is no such file in " + directory, e);
        } catch (IOException e) {
            throw new UnreadableCalendar(place, e.getMessage(), e);
        }
    }

    /** Programs that export calendars write webcal for what is fetched by https. */
    private static URI address(String place) {
        var isWebcal = place.toLowerCase(Locale.ROOT).startsWith(WEBCAL);
        return URI.create(isWebcal ? "https://" + place.substring(WEBCAL.length()) : place);
    }

    private byte[] fetch(String place) throws UnreadableCalendar {
        var timeout = properties.timeout();
        CompletableFuture<HttpResponse<byte[]>> call = null;
        try {
            var request = HttpRequest.newBuilder(address(place)).build();
            call = http.sendAsync(request, BoundedBody.atMost(LARGEST));
            // One limit for head and body; a request's own ends with the head.
            var response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new UnreadableCalendar(place, "it answered with status " + response.statusCode(), null);
            }
            return response.body();
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new UnreadableCalendar(place, "no answer within " + timeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new UnreadableCalendar(
                    place, "no answer (" + e.getCause().getClass().getSimpleName() + ")", e);
        } catch (IllegalArgumentException e) {
            throw new UnreadableCalendar(place, "it is no address", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnreadableCalendar(place, "reading it was interrupted", e);
        }
    }
}
