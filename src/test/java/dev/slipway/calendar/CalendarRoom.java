package dev.slipway.calendar;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Import;

/** The calendar room for tests of other rooms. */
@TestConfiguration
@Import({Calendars.class, CalendarCopies.class, KeptCalendars.class})
public class CalendarRoom {}
