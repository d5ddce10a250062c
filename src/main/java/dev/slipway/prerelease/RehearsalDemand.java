package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Whether the way back must be rehearsed before the release (PRE-4). */
@InDiagrams
@Component
public class RehearsalDemand {

    private final Releases releases;
    private final ServiceCatalog catalog;

    RehearsalDemand(Releases releases, ServiceCatalog catalog) {
        this.releases = releases;
        this.catalog = catalog;
    }

    /**
     * @return whether the risk demands a rehearsal, or the owner asked for one, and the service names a target on which
     *     it can be done
     */
    public boolean owed(DelegateExecution execution) {
        var demanded = Boolean.TRUE.equals(execution.getVariable("rehearsalNeeded"))
                && !Boolean.TRUE.equals(execution.getVariable("renewal"));
        if (!demanded && !Boolean.TRUE.equals(execution.getVariable("rehearseFirst"))) {
            return false;
        }
        var release = releases.get(ReleaseVariables.releaseId(execution));
        return catalog.pinned(release.definitionId()).rehearsal() != null;
    }
}
