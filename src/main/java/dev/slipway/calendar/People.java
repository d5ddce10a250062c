package dev.slipway.calendar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import net.fortuna.ical4j.model.Parameter;
import net.fortuna.ical4j.model.Property;
import net.fortuna.ical4j.model.component.VEvent;

/** Whom an event names. */
final class People {

    private static final String MAILTO = "mailto:";
    /** Google names a shared calendar itself as the organizer of its events. */
    private static final String GOOGLE_CALENDARS = "calendar.google.com";

    private People() {}

    static List<String> attendees(VEvent event) {
        return event.getProperties(Property.ATTENDEE).stream()
                .filter(attendee -> !hasDeclined(attendee))
                .map(People::name)
                .flatMap(Optional::stream)
                .distinct()
                .toList();
    }

    /** @return null where there is none */
    static String organizer(VEvent event) {
        return event.getProperty(Property.ORGANIZER)
                .filter(organizer ->
                        !address(organizer).toLowerCase(Locale.ROOT).endsWith(GOOGLE_CALENDARS))
                .flatMap(People::name)
                .orElse(null);
    }

    private static boolean hasDeclined(Property attendee) {
        return attendee.getParameter(Parameter.PARTSTAT)
                .map(Parameter::getValue)
                .filter(status -> status.equalsIgnoreCase("DECLINED"))
                .isPresent();
    }

    private static Optional<String> name(Property person) {
        var name = person.getParameter(Parameter.CN)
                .map(Parameter::getValue)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> address(person));
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }

    private static String address(Property person) {
        var value = person.getValue() == null ? "" : person.getValue().strip();
        return value.toLowerCase(Locale.ROOT).startsWith(MAILTO) ? value.substring(MAILTO.length()) : value;
    }
}
