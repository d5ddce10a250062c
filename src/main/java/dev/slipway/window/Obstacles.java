package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.calendar.CalendarEvent;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.KeptCalendars;
import dev.slipway.calendar.TimeSpan;
import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.PlannedRelease;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.springframework.stereotype.Component;

/** What a release could meet in a stretch of time. Reads every calendar once, however many times are then looked at. */
@Component
class Obstacles {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final KeptCalendars kept;
    private final Calendars calendars;
    private final Clock clock;

    Obstacles(Releases releases, ServiceCatalog catalog, KeptCalendars kept, Calendars calendars, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.kept = kept;
        this.calendars = calendars;
        this.clock = clock;
    }

    /**
     * Who would meet them.
     *
     * @param release null where it is not opened yet
     * @param owner   the person in charge; null where that is not known
     */
    record Subject(ReleaseId release, String owner) {
        static final Subject NOBODY = new Subject(null, null);
    }

    /**
     * @param list    in no order
     * @param caveats what is not quite sure, a sentence each
     */
    record Known(List<Obstacle> list, List<String> caveats) {}

    Known of(ServiceDefinition definition, Subject subject, Instant from, Instant to) {
        var search = new Search(definition, AllowedHours.zone(definition.windows()), from, end(definition, to));
        search.hours();
        search.calendars(definition.windows().freezes(), Obstacle.Kind.FREEZE, "A freeze is on", "a freeze is on");
        search.calendars(definition.windows().holidays(), Obstacle.Kind.HOLIDAY, "It is a holiday", "it is a holiday");
        search.onCall();
        search.releases(subject);
        return new Known(search.found, search.caveats);
    }

    /** A release that begins at the last moment is looked at to its end. */
    private static Instant end(ServiceDefinition definition, Instant to) {
        return to.plus(definition.rolloutTime())
                .plus(definition.observation().period())
                .plus(Duration.ofHours(1));
    }

    private final class Search {

        private final ServiceDefinition definition;
        private final ZoneId zone;
        private final Instant from;
        private final Instant to;
        private final List<Obstacle> found = new ArrayList<>();
        private final List<String> caveats = new ArrayList<>();

        private Search(ServiceDefinition definition, ZoneId zone, Instant from, Instant to) {
            this.definition = definition;
            this.zone = zone;
            this.from = from;
            this.to = to;
        }

        private void hours() {
            var hours = AllowedHours.of(definition.windows());
            TimeSpan.gaps(hours.between(from, to), from, to)
                    .forEach(gap -> found.add(Obstacle.of(
                            Obstacle.Kind.HOURS,
                            gap,
                            "Outside the hours in which " + definition.service() + " may be released: "
                                    + hours.inWords() + ".")));
        }

        private void calendars(List<String> places, Obstacle.Kind kind, String isOn, String whether) {
            for (var place : places) {
                try {
                    var copy = kept.recent(place);
                    copy.caveat().ifPresent(caveats::add);
                    copy.between(zone, from, to).stream()
                            .filter(event -> event.from().isBefore(event.to()))
                            .forEach(event -> found.add(Obstacle.of(
                                    kind,
                                    event.time(),
                                    isOn + " " + fromTo(event.time()) + ": " + event.summary() + " ("
                                            + Calendars.name(place) + ").")));
                } catch (UnreadableCalendar e) {
                    unknown(e.getMessage() + ". Nobody knows whether " + whether + ".");
                }
            }
        }

        private void onCall() {
            var calendar =
                    definition.onCall() == null ? null : definition.onCall().calendar();
            if (calendar == null) {
                return;
            }
            try {
                var shifts = calendars.between(calendar, zone, from, to).stream()
                        .filter(event -> event.from().isBefore(event.to()))
                        .toList();
                var times = shifts.stream().map(CalendarEvent::time).toList();
                TimeSpan.gaps(times, from, to)
                        .forEach(gap -> found.add(Obstacle.of(
                                Obstacle.Kind.ON_CALL,
                                gap,
                                "Nobody is on call " + fromTo(gap) + ", says the calendar " + Calendars.name(calendar)
                                        + "." + neighbours(shifts, gap))));
            } catch (UnreadableCalendar e) {
                unknown(e.getMessage() + ". Nobody knows who is on call.");
            }
        }

        private String neighbours(List<CalendarEvent> shifts, TimeSpan gap) {
            var before = named(shifts, shift -> shift.to().equals(gap.from()));
            var after = named(shifts, shift -> shift.from().equals(gap.to()));
            return (before.isEmpty() ? "" : " Before: " + before.get() + ".")
                    + (after.isEmpty() ? "" : " After: " + after.get() + ".");
        }

        private static Optional<String> named(List<CalendarEvent> shifts, Predicate<CalendarEvent> which) {
            return shifts.stream()
                    .filter(which)
                    .map(shift -> shift.attendees().isEmpty() ? shift.summary() : String.join(", ", shift.attendees()))
                    .distinct()
                    .reduce((one, other) -> one + ", " + other);
        }

        private void releases(Subject subject) {
            var known = new HashMap<Long, ServiceDefinition>();
            for (var other : releases.planned()) {
                var conflict = other.id().equals(subject.release()) ? null : conflict(subject, other, known);
                if (conflict != null) {
                    Busy.of(other, pinned(other, known), clock.instant())
                            .filter(time -> time.overlaps(new TimeSpan(from, to)))
                            .ifPresent(time -> found.add(
                                    Obstacle.of(Obstacle.Kind.RELEASE, time, conflict + ", " + fromTo(time) + ".")));
                }
            }
        }

        /** @return why the two must not meet; null where they may */
        private String conflict(Subject subject, PlannedRelease other, Map<Long, ServiceDefinition> known) {
            var service = definition.service();
            var named = other.name() + " (" + other.id() + ", in charge: " + other.owner() + ")";
            var is = other.isRunning() ? " is under way: " : " is planned: ";
            if (other.service().equals(service)) {
                return "Another release of " + service + is + named;
            }
            if (definition.related().contains(other.service())
                    || pinned(other, known).related().contains(service)) {
                return other.service() + " is related to " + service + ", and a release of it" + is + named;
            }
            return other.owner().equals(subject.owner())
                    ? other.owner() + " is in charge of another release then: " + other.name() + " (" + other.id() + ")"
                    : null;
        }

        private ServiceDefinition pinned(PlannedRelease release, Map<Long, ServiceDefinition> known) {
            return known.computeIfAbsent(release.definitionId(), catalog::pinned);
        }

        private void unknown(String why) {
            found.add(new Obstacle(Obstacle.Kind.UNKNOWN, from, to, why));
        }

        private String fromTo(TimeSpan time) {
            return "from " + Wording.time(time.from(), zone) + " to " + Wording.time(time.to(), zone);
        }
    }
}
