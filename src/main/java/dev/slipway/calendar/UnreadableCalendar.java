package dev.slipway.calendar;

/**
 * A calendar could not be read, so that nobody knows what it says. The message names the calendar and the reason, and of
 * an address only the host.
 */
public class UnreadableCalendar extends Exception {

    private static final long serialVersionUID = 1L;

    UnreadableCalendar(String place, String why, Throwable cause) {
        super("The calendar " + Calendars.name(place) + " can't be read: " + why, cause);
    }
}
