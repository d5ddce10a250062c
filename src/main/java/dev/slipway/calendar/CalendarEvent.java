package dev.slipway.calendar;

import java.time.Instant;

/**
 * One occurrence of an event in a calendar.
 *
 * @param summary what it is about; never null
 * @param from    when it begins
 * @param to      when it is over
 */
public record CalendarEvent(String summary, Instant from, Instant to) {

    public boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
