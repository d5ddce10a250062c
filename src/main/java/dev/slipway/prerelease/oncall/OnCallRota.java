package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.CalendarEvent;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceDefinition;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The rota that a service names: its calendar, or else its people, who are then all on call at any time. */
@Component
class OnCallRota {

    private static final String UTC = "UTC";

    private final Calendars calendars;

    OnCallRota(Calendars calendars) {
        this.calendars = calendars;
    }

    /** @return whether the service says who is on call */
    static boolean isNamed(ServiceDefinition definition) {
        var onCall = definition.onCall();
        return onCall != null && (onCall.calendar() != null || !onCall.people().isEmpty());
    }

    /** @return the service's time zone, in which times that name none are read */
    static ZoneId zone(ServiceDefinition definition) {
        var windows = definition.windows();
        return ZoneId.of(windows == null || windows.timezone() == null ? UTC : windows.timezone());
    }

    /**
     * Reads the rota anew.
     *
     * @return every shift that shares a moment with the time from {@code from} to {@code to}, cut to that time, in no
     *     order; shifts may overlap
     * @throws UnreadableCalendar where the calendar can't be fetched or is none
     */
    List<Shift> shifts(ServiceDefinition definition, Instant from, Instant to) throws UnreadableCalendar {
        var onCall = definition.onCall();
        if (onCall.calendar() == null) {
            return onCall.people().stream()
                    .map(person -> new Shift(person, from, to))
                    .toList();
        }
        return calendars.between(onCall.calendar(), zone(definition), from, to).stream()
                .flatMap(event -> shifts(event, from, to))
                .toList();
    }

    private static Stream<Shift> shifts(CalendarEvent event, Instant from, Instant to) {
        var begin = event.from().isBefore(from) ? from : event.from();
        var end = event.to().isAfter(to) ? to : event.to();
        return PeopleOfEvent.of(event).stream()
                .filter(person -> begin.isBefore(end))
                .map(person -> new Shift(person, begin, end));
    }
}
