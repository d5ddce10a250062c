package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Release;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** WIN-1: when the release's window opens; for timers in diagrams. */
@Component
@InDiagrams
public class WindowPlan {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Clock clock;

    WindowPlan(Releases releases, ServiceCatalog catalog, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.clock = clock;
    }

    /**
     * @return the booked start, or now where it is past or none is booked, moved to the next hours in which the
     *     service may be released; as ISO 8601 text
     */
    public String opensAt(DelegateExecution execution) {
        return opensAt(releases.get(ReleaseVariables.releaseId(execution)))
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }

    /**
     * @param lead how long before it opens, as an ISO 8601 duration
     * @return that moment, or now where it is past; as ISO 8601 text
     */
    public String opensSoon(DelegateExecution execution, String lead) {
        var soon = opensAt(releases.get(ReleaseVariables.releaseId(execution))).minus(Duration.parse(lead));
        var now = clock.instant();
        return (soon.isBefore(now) ? now : soon).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    Instant opensAt(Release release) {
        var now = clock.instant();
        var booked = release.windowStart();
        var earliest = booked == null || booked.isBefore(now) ? now : booked;
        var windows = catalog.pinned(release.definitionId()).windows();
        // Where the hours leave no moment at all, the check of the window says so; a timer can't.
        return AllowedHours.of(windows).nextAt(earliest).orElse(earliest);
    }
}
