package dev.slipway.calendar;

import java.time.Instant;
import java.util.List;

/**
 * One occurrence of an event in a calendar.
 *
 * @param summary   what it is about; never null
 * @param attendees who takes part, each by name or else by mail address; without those who declined; may be empty
 * @param organizer who called it, by name or else by mail address; null where nobody did
 * @param from      when it begins
 * @param to        when it is over
 */
public record CalendarEvent(String summary, List<String> attendees, String organizer, Instant from, Instant to) {

    public CalendarEvent {
        attendees = List.copyOf(attendees);
    }

    /** @return when it is on */
    public TimeSpan time() {
        return new TimeSpan(from, to);
    }

    public boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
