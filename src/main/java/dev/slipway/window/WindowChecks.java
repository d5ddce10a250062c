package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.calendar.Calendars;
import dev.slipway.calendar.KeptCalendars;
import dev.slipway.calendar.UnreadableCalendar;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** WIN-1, WIN-2: whether a release may begin now. Every rule that speaks against it is named, not only the first. */
@Component
class WindowChecks {

    private static final Actor CHECKER = Actor.machine("window check");
    private static final int LONGEST_REASON = 2_000;

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Calendars calendars;
    private final KeptCalendars kept;
    private final Gates gates;
    private final WindowCheckRepository checks;
    private final Timeline timeline;
    private final Clock clock;
    private final List<Rule> rules = List.of(
            this::bookedEnd, this::allowedHours, this::freezes, this::holidays, this::onCall, this::otherRelease);

    WindowChecks(
            Releases releases,
            ServiceCatalog catalog,
            Calendars calendars,
            KeptCalendars kept,
            Gates gates,
            WindowCheckRepository checks,
            Timeline timeline,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.calendars = calendars;
        this.kept = kept;
        this.gates = gates;
        this.checks = checks;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** A rule that may speak against beginning now. */
    private interface Rule {
        /**
         * @param caveats takes what is not quite sure, a sentence each
         * @return why not, a sentence; null where nothing speaks against it
         */
        String against(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats);
    }

    /** Checks the release's window as it is now, and keeps what was found. */
    WindowCheck check(ReleaseId id) {
        var now = clock.instant();
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var caveats = new LinkedHashSet<String>();
        var reasons = rules.stream()
                .map(rule -> rule.against(release, definition, now, caveats::add))
                .filter(Objects::nonNull)
                .toList();
        var remark = caveats.isEmpty() ? "" : " " + String.join(" ", caveats);
        var against = reasons.isEmpty() ? "" : String.join(" ", reasons) + remark;
        var reason = against.length() > LONGEST_REASON ? against.substring(0, LONGEST_REASON - 1) + "…" : against;
        var clear = reason.isEmpty();
        timeline.record(
                id, CHECKER, clear ? "The window is open and clear." + remark : "The window can't be used. " + reason);
        return checks.save(new WindowCheck(null, id.number(), clear, clear ? null : reason, now));
    }

    Optional<WindowCheck> last(ReleaseId id) {
        return checks.findFirstByReleaseNumberOrderByIdDesc(id.number());
    }

    private String bookedEnd(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        var end = release.windowEnd();
        return end == null || now.isBefore(end)
                ? null
                : "The booked window ended " + Wording.time(end, AllowedHours.zone(definition.windows())) + ".";
    }

    private String allowedHours(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        var hours = AllowedHours.of(definition.windows());
        return hours.contain(now)
                ? null
                : Wording.time(now, AllowedHours.zone(definition.windows())) + " is outside the hours in which "
                        + release.service() + " may be released: " + hours.inWords() + ".";
    }

    private String freezes(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        return on(definition, definition.windows().freezes(), now, caveats, "A freeze is on", "a freeze is on");
    }

    private String holidays(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        return on(definition, definition.windows().holidays(), now, caveats, "It is a holiday", "it is a holiday");
    }

    private String on(
            ServiceDefinition definition,
            List<String> places,
            Instant now,
            Consumer<String> caveats,
            String isOn,
            String whether) {
        var zone = AllowedHours.zone(definition.windows());
        for (var place : places) {
            try {
                var copy = kept.now(place);
                copy.caveat().ifPresent(caveats);
                for (var event : copy.covering(zone, now)) {
                    return isOn + " until " + Wording.time(event.to(), zone) + ": " + event.summary() + " ("
                            + Calendars.name(place) + ").";
                }
            } catch (UnreadableCalendar e) {
                return e.getMessage() + ". Nobody knows whether " + whether + ".";
            }
        }
        return null;
    }

    private String onCall(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        var calendar = definition.onCall() == null ? null : definition.onCall().calendar();
        if (calendar == null) {
            return null;
        }
        try {
            return calendars
                            .covering(calendar, AllowedHours.zone(definition.windows()), now)
                            .isEmpty()
                    ? "Nobody is on call now, says the calendar " + Calendars.name(calendar) + "."
                    : null;
        } catch (UnreadableCalendar e) {
            return e.getMessage() + ". Nobody knows who is on call.";
        }
    }

    private String otherRelease(Release release, ServiceDefinition definition, Instant now, Consumer<String> caveats) {
        var freezing = gates.freezing(release);
        return freezing.isEmpty() ? null : String.join(" ", freezing);
    }
}
