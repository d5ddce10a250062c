package dev.slipway.calendar;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;

/**
 * An event that others read in their own calendars.
 *
 * @param uid         the same for the same thing at every reading; unique in the world
 * @param summary     a line for people
 * @param description more, may be of several lines; null where there is none
 * @param link        where people read about it; null where there is no such place
 * @param category    such as FREEZE
 * @param isBusy      whether it takes up the time of whoever has the calendar
 * @param from        when it begins; of an event of whole days null
 * @param to          when it is over; of an event of whole days null
 * @param firstDay    of an event of whole days; else null
 * @param lastDay     the day after its last; else null
 */
public record PublishedEvent(
        String uid,
        String summary,
        String description,
        URI link,
        String category,
        boolean isBusy,
        Instant from,
        Instant to,
        LocalDate firstDay,
        LocalDate lastDay) {}
