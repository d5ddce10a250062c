package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** WIN-1: books a release's window. */
@Component
class WindowBooking {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Timeline timeline;
    private final Clock clock;

    WindowBooking(Releases releases, ServiceCatalog catalog, Timeline timeline, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** @throws dev.slipway.release.Refusal.BadInput as {@link WindowRequest#of} says */
    void book(ReleaseId id, Object start, Object end) {
        var zone = AllowedHours.zone(
                catalog.pinned(releases.get(id).definitionId()).windows());
        var window = WindowRequest.of(start, end, zone, clock.instant());
        releases.plan(id, window.start(), window.end());
        timeline.record(
                id,
                Actor.machine("window"),
                "A new window is booked: " + Wording.window(window.start(), window.end(), zone) + ".");
    }
}
