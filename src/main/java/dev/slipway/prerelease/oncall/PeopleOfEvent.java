package dev.slipway.prerelease.oncall;

import dev.slipway.calendar.CalendarEvent;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whom an event of a rota puts on call: its attendees, or else its organizer, or else whom its summary names.
 *
 * <p>PagerDuty writes {@code On Call - Alice Archer - Checkout}, Grafana OnCall the user's name alone, and calendars
 * that Grafana OnCall reads begin with a priority, as in {@code [L1] alice}.
 */
final class PeopleOfEvent {

    private static final Pattern PRIORITY = Pattern.compile("^\\[L\\d+]\\s*");
    private static final Pattern PAGERDUTY =
            Pattern.compile("^on[- ]?call - (?<person>.+?)( - .*)?$", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEFORE = Pattern.compile("^on[- ]?call\\s*[:–—-]\\s*", Pattern.CASE_INSENSITIVE);
    private static final Pattern AFTER = Pattern.compile("\\s+(is )?on[- ]?call$", Pattern.CASE_INSENSITIVE);

    private PeopleOfEvent() {}

    /** @return at least one */
    static List<String> of(CalendarEvent event) {
        if (!event.attendees().isEmpty()) {
            return event.attendees();
        }
        return List.of(event.organizer() == null ? named(event.summary()) : event.organizer());
    }

    private static String named(String summary) {
        var text = PRIORITY.matcher(summary.strip()).replaceFirst("");
        var pagerDuty = PAGERDUTY.matcher(text);
        if (pagerDuty.matches()) {
            return pagerDuty.group("person").strip();
        }
        var person = AFTER.matcher(BEFORE.matcher(text).replaceFirst(""))
                .replaceFirst("")
                .strip();
        return person.isEmpty() ? summary.strip() : person;
    }
}
