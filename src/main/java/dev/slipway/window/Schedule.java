package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.KeptCalendars;
import dev.slipway.calendar.TimeSpan;
import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.PlannedRelease;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Service;

/** What calendars show: the windows of releases, and when services must not be released. */
@Service
public class Schedule {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final KeptCalendars calendars;
    private final Clock clock;

    Schedule(Releases releases, ServiceCatalog catalog, KeptCalendars calendars, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** How far a release has come. */
    public enum State {
        PLANNED,
        /** Its rollout has begun. */
        RUNNING,
        /** Its window is over, and it has not begun: it needs another. */
        MISSED
    }

    /**
     * @param time of a release that is planned its window, open ended as long as the rollout takes; of one that runs from
     *             its first traffic to the end of its observation
     */
    public record Window(ReleaseId release, String service, String version, String owner, State state, TimeSpan time) {

        /** @return service and version, as people name a release */
        public String name() {
            return service + " " + version;
        }
    }

    /**
     * A freeze or a holiday.
     *
     * @param isFreeze else it is a holiday
     * @param summary  as its calendar calls it
     * @param calendar how the calendar is named to people
     * @param services which it concerns
     * @param time     when
     * @param days     the zone in which it lasts whole days; null where it doesn't
     */
    public record Closure(
            boolean isFreeze, String summary, String calendar, Set<String> services, TimeSpan time, ZoneId days) {}

    /**
     * @param hours when each service may be released, by service
     * @param notes what is not known or not quite sure, a sentence each
     */
    public record Content(
            List<Window> windows, List<Closure> closures, Map<String, AllowedHours> hours, List<String> notes) {}

    /**
     * @param service null for all
     * @return what shares a moment with that time, each in order
     * @throws Refusal.NotFound where there is no such service
     */
    public Content between(Instant from, Instant to, String service) {
        var definitions = definitions(service);
        var hours = new LinkedHashMap<String, AllowedHours>();
        definitions.forEach(definition -> hours.put(definition.service(), AllowedHours.of(definition.windows())));
        var search = new Search(new TimeSpan(from, to));
        definitions.forEach(search::closures);
        return new Content(
                windows(from, to, service),
                search.closures.values().stream()
                        .sorted(Comparator.comparing(closure -> closure.time().from()))
                        .toList(),
                hours,
                List.copyOf(search.notes));
    }

    /**
     * @param service null for all
     * @return the time zone of each service, by service
     * @throws Refusal.NotFound where there is no such service
     */
    public Map<String, ZoneId> zones(String service) {
        var zones = new LinkedHashMap<String, ZoneId>();
        definitions(service)
                .forEach(definition -> zones.put(definition.service(), AllowedHours.zone(definition.windows())));
        return zones;
    }

    /** @return the names of all services */
    public List<String> services() {
        return catalog.services();
    }

    private List<ServiceDefinition> definitions(String service) {
        if (service == null) {
            return catalog.services().stream()
                    .flatMap(name -> catalog.find(name).stream())
                    .toList();
        }
        return List.of(
                catalog.find(service).orElseThrow(() -> new Refusal.NotFound("There is no service " + service + ".")));
    }

    private List<Window> windows(Instant from, Instant to, String service) {
        var asked = new TimeSpan(from, to);
        var known = new HashMap<Long, ServiceDefinition>();
        return releases.planned().stream()
                .filter(release -> service == null || release.service().equals(service))
                .map(release -> window(release, known.computeIfAbsent(release.definitionId(), catalog::pinned)))
                .filter(window -> window.time().overlaps(asked))
                .sorted(Comparator.comparing(window -> window.time().from()))
                .toList();
    }

    private Window window(PlannedRelease release, ServiceDefinition definition) {
        var now = clock.instant();
        var end = release.windowEnd();
        TimeSpan time;
        if (release.isRunning()) {
            time = Busy.of(release, definition, now).orElseThrow();
        } else {
            var start = release.windowStart();
            time = new TimeSpan(start, end == null ? start.plus(definition.rolloutTime()) : end);
        }
        var missed = end != null && !end.isAfter(now);
        var state = release.isRunning() ? State.RUNNING : missed ? State.MISSED : State.PLANNED;
        return new Window(release.id(), release.service(), release.version(), release.owner(), state, time);
    }

    private final class Search {

        private final TimeSpan asked;
        private final Map<String, Closure> closures = new LinkedHashMap<>();
        private final Set<String> notes = new LinkedHashSet<>();

        private Search(TimeSpan asked) {
            this.asked = asked;
        }

        private void closures(ServiceDefinition definition) {
            definition.windows().freezes().forEach(place -> closures(definition, place, true));
            definition.windows().holidays().forEach(place -> closures(definition, place, false));
        }

        private void closures(ServiceDefinition definition, String place, boolean isFreeze) {
            var zone = AllowedHours.zone(definition.windows());
            try {
                var copy = calendars.recent(place);
                copy.caveat().ifPresent(notes::add);
                copy.between(zone, asked.from(), asked.to()).stream()
                        .filter(event -> event.from().isBefore(event.to()))
                        .forEach(event -> add(
                                new Closure(
                                        isFreeze,
                                        event.summary(),
                                        Calendars.name(place),
                                        Set.of(definition.service()),
                                        event.time(),
                                        isWholeDays(event.time(), zone) ? zone : null),
                                place));
            } catch (UnreadableCalendar e) {
                notes.add(e.getMessage() + ". Nobody knows its " + (isFreeze ? "freezes." : "holidays."));
            }
        }

        /** What one calendar says to several services stands there once. */
        private void add(Closure closure, String place) {
            var key = closure.isFreeze() + " " + place + " " + closure.summary() + " " + closure.time();
            closures.merge(key, closure, (known, same) -> {
                var services = new LinkedHashSet<>(known.services());
                services.addAll(same.services());
                return new Closure(
                        known.isFreeze(),
                        known.summary(),
                        known.calendar(),
                        services,
                        known.time(),
                        known.days() == null ? same.days() : known.days());
            });
        }

        private static boolean isWholeDays(TimeSpan time, ZoneId zone) {
            return isMidnight(time.from(), zone) && isMidnight(time.to(), zone);
        }

        private static boolean isMidnight(Instant at, ZoneId zone) {
            return at.atZone(zone).toLocalTime().equals(LocalTime.MIDNIGHT);
        }
    }
}
