package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.RollbackPlan;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** PRE-4: the way back of a release, and whether it is written so that somebody can go it. */
@Service
class RollbackPlans {

    private final Releases releases;
    private final ServiceCatalog catalog;

    RollbackPlans(Releases releases, ServiceCatalog catalog) {
        this.releases = releases;
        this.catalog = catalog;
    }

    /** @return the release's own plan, else its service's steps */
    RollbackPlan of(ReleaseId id) {
        var release = releases.get(id);
        return catalog.pinned(release.definitionId()).rollbackPlan(release);
    }

    /** @return the plan as it stands in a form, one step a line; null where there is none yet */
    String text(ReleaseId id) {
        var release = releases.get(id);
        return catalog.pinned(release.definitionId()).planText(release);
    }

    /** @return what the release's plan does not say; empty where it is complete */
    List<RollbackPlan.Gap> gaps(ReleaseId id) {
        return of(id).gaps(goesBackByItself(releases.get(id)));
    }

    /**
     * Sends a vague plan back.
     *
     * @throws Refusal.BadInput naming the first field at fault and everything that is missing
     */
    void check(ReleaseId id, String rollbackPlan, String manualSteps) {
        var gaps = RollbackPlan.of(rollbackPlan, manualSteps).gaps(goesBackByItself(releases.get(id)));
        if (!gaps.isEmpty()) {
            throw new Refusal.BadInput(
                    gaps.get(0).field(),
                    gaps.stream().map(RollbackPlan.Gap::message).collect(Collectors.joining(" ")));
        }
    }

    /** The deployer can give all traffic to a version only where one is known to have served. */
    static boolean goesBackByItself(Release release) {
        return release.servingVersion() != null;
    }
}
