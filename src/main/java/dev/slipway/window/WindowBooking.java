package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.stereotype.Component;

/** WIN-1: books a release's window. */
@Component
class WindowBooking {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final WindowOffers offers;
    private final Timeline timeline;
    private final Clock clock;

    WindowBooking(Releases releases, ServiceCatalog catalog, WindowOffers offers, Timeline timeline, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.offers = offers;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Books a window that somebody names, also where something is known against it: it is checked when it opens.
     *
     * @throws dev.slipway.release.Refusal.BadInput as {@link WindowRequest#of} says
     */
    void book(ReleaseId id, Object start, Object end) {
        var window = WindowRequest.of(start, end, zone(id), clock.instant());
        var against = offers.against(id, window.start());
        plan(id, window, against.isEmpty() ? "" : " Known against it: " + against);
    }

    /**
     * Books one of the windows that were proposed.
     *
     * @throws dev.slipway.release.Refusal.BadInput as {@link WindowOffers#pick} says
     */
    void pick(ReleaseId id, Object number) {
        plan(id, offers.pick(id, number), "");
    }

    private void plan(ReleaseId id, WindowRequest window, String remark) {
        releases.plan(id, window.start(), window.end());
        timeline.record(
                id,
                Actor.machine("window"),
                "A new window is booked: " + Wording.window(window.start(), window.end(), zone(id)) + "." + remark);
    }

    private ZoneId zone(ReleaseId id) {
        return AllowedHours.zone(catalog.pinned(releases.get(id).definitionId()).windows());
    }
}
