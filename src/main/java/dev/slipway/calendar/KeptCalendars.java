package dev.slipway.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Calendars of freezes and holidays. What an address said last is kept, in the database too, and counts for a while when
 * it can't be read: a server that is down must not lift a freeze, and need not stop every release. Files are read anew.
 */
@Component
public class KeptCalendars {

    private static final Logger LOG = LoggerFactory.getLogger(KeptCalendars.class);

    private final Calendars calendars;
    private final CalendarCopies copies;
    private final CalendarProperties properties;
    private final Clock clock;
    private final Map<String, CalendarCopy> known = new ConcurrentHashMap<>();
    private final Map<String, Instant> tried = new ConcurrentHashMap<>();
    private final Map<String, UnreadableCalendar> unknown = new ConcurrentHashMap<>();

    KeptCalendars(Calendars calendars, CalendarCopies copies, CalendarProperties properties, Clock clock) {
        this.calendars = calendars;
        this.copies = copies;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Reads the calendar anew.
     *
     * @param place a file, relative to the calendars' directory, or an address that begins with http, https or webcal
     * @return what it says; where it can't be read, what it said last, unless that is too old
     * @throws UnreadableCalendar where it can't be read, and there is no copy that counts
     */
    public CalendarCopy now(String place) throws UnreadableCalendar {
        if (!Calendars.isAddress(place)) {
            return CalendarCopy.read(place, text(place), clock.instant());
        }
        tried.put(place, clock.instant());
        try {
            var copy = CalendarCopy.read(place, text(place), clock.instant());
            keep(copy);
            return copy;
        } catch (UnreadableCalendar e) {
            return keptInsteadOf(e, place);
        }
    }

    /**
     * For proposals and pages: does not ask an address again that was asked a short while ago.
     *
     * @param place as above
     * @return what it says, or said within the time after which calendars are refreshed; else as above
     * @throws UnreadableCalendar as above
     */
    public CalendarCopy recent(String place) throws UnreadableCalendar {
        if (!Calendars.isAddress(place) || isDue(place)) {
            return now(place);
        }
        var copy = known.get(place);
        var failure = unknown.get(place);
        if (copy == null && failure != null) {
            throw failure;
        }
        return copy == null ? now(place) : copy;
    }

    /** @return whether it is to be read anew: it is an address that was not asked for a while */
    boolean isDue(String place) {
        var last = tried.get(place);
        return Calendars.isAddress(place)
                && (last == null || !clock.instant().isBefore(last.plus(properties.refresh())));
    }

    /** @throws UnreadableCalendar where what it says now is no good copy */
    private String text(String place) throws UnreadableCalendar {
        var bytes = calendars.bytes(place);
        // Whether it is a calendar shows in reading it, and so does an event without a valid time.
        var now = clock.instant();
        Calendars.occurrences(place, bytes, ZoneOffset.UTC, now, now.plus(Duration.ofDays(1)));
        var text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            throw new UnreadableCalendar(place, "it is no iCalendar (there is a NUL in it)", null);
        }
        return text;
    }

    private void keep(CalendarCopy copy) {
        unknown.remove(copy.place());
        var before = known.put(copy.place(), copy);
        if (before != null && before.caveat().isPresent()) {
            LOG.info("The calendar {} can be read again.", Calendars.name(copy.place()));
        }
        var stored = before == null ? copies.find(copy.place()).orElse(null) : before;
        if (stored != null && stored.text().equals(copy.text())) {
            copies.confirm(copy.place(), copy.readAt());
        } else {
            copies.keep(copy);
        }
    }

    private CalendarCopy keptInsteadOf(UnreadableCalendar now, String place) throws UnreadableCalendar {
        var at = clock.instant();
        var counts = at.minus(properties.keep());
        var kept = newest(place).filter(copy -> !copy.readAt().isBefore(counts));
        if (kept.isEmpty()) {
            LOG.warn("{}. There is no copy of the last {}.", now.getMessage(), properties.keep());
            known.remove(place);
            unknown.put(place, now);
            throw now;
        }
        var copy = kept.get().insteadOf(now, at);
        LOG.warn("{}", copy.caveat().orElseThrow());
        known.put(place, copy);
        return copy;
    }

    /** Another node may have read it later than this one. */
    private Optional<CalendarCopy> newest(String place) {
        var own = known.get(place);
        var stored = copies.find(place).orElse(null);
        if (own == null || (stored != null && stored.readAt().isAfter(own.readAt()))) {
            return Optional.ofNullable(stored);
        }
        return Optional.of(own);
    }
}
