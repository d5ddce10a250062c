package dev.slipway.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** What a calendar says, or said when it could last be read. */
public final class CalendarCopy {

    private final String place;
    private final String text;
    private final Instant readAt;
    private final String caveat;

    /** @param caveat how old it is and why it is not newer, a sentence; null where nothing speaks against it */
    private CalendarCopy(String place, String text, Instant readAt, String caveat) {
        this.place = place;
        this.text = text;
        this.readAt = readAt;
        this.caveat = caveat;
    }

    static CalendarCopy read(String place, String text, Instant at) {
        return new CalendarCopy(place, text, at, null);
    }

    /** @return the same, kept because the calendar can't be read now */
    CalendarCopy insteadOf(UnreadableCalendar now, Instant at) {
        return new CalendarCopy(
                place, text, readAt, now.getMessage() + ". What it said " + ago(readAt, at) + " ago counts.");
    }

    /** @return every occurrence that shares a moment with that time */
    public List<CalendarEvent> between(ZoneId zone, Instant from, Instant to) throws UnreadableCalendar {
        return Calendars.occurrences(place, text.getBytes(StandardCharsets.UTF_8), zone, from, to);
    }

    /** @return every occurrence that is on */
    public List<CalendarEvent> covering(ZoneId zone, Instant at) throws UnreadableCalendar {
        return between(zone, at, at.plusMillis(1)).stream()
                .filter(event -> event.covers(at))
                .toList();
    }

    /** @return how old it is and why it is not newer, a sentence; empty where it could be read when it should be */
    public Optional<String> caveat() {
        return Optional.ofNullable(caveat);
    }

    String place() {
        return place;
    }

    String text() {
        return text;
    }

    Instant readAt() {
        return readAt;
    }

    private static String ago(Instant then, Instant now) {
        var age = Duration.between(then, now);
        if (age.toDays() > 1) {
            return age.toDays() + " days";
        }
        if (age.toHours() > 1) {
            return age.toHours() + " h";
        }
        return Math.max(1, age.toMinutes()) + " min";
    }
}
