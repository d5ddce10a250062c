package dev.slipway.rollback;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Rehearsal;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Instant;
import org.springframework.stereotype.Component;

/** What a rehearsal showed, kept where the next release of the service finds it. */
@Component
class RehearsalRecord {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Rehearsals rehearsals;
    private final Clock clock;

    RehearsalRecord(Releases releases, ServiceCatalog catalog, Rehearsals rehearsals, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.rehearsals = rehearsals;
        this.clock = clock;
    }

    /**
     * @param began   when the target was set up; null where it never was
     * @param trouble what went wrong; null where nothing did
     */
    Rehearsal keep(ReleaseId id, Rehearsal.Result result, Instant began, String trouble) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var target = definition.rehearsal() == null
                ? "no target"
                : definition.rehearsal().target();
        var started = began == null ? clock.instant() : began;
        return result == Rehearsal.Result.PASSED
                ? rehearsals.passed(
                        id,
                        target,
                        started,
                        definition.rollbackPlan(release).manualSteps().size())
                : rehearsals.failed(id, target, started, trouble == null ? "It was not proved." : trouble);
    }
}
