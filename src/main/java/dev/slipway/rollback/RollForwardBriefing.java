package dev.slipway.rollback;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.RollbackPlan;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the release authority should know where there is no way back. */
@Component
class RollForwardBriefing implements Briefing {

    private static final String TASK = "roll-forward";

    private final Releases releases;
    private final ServiceCatalog catalog;

    RollForwardBriefing(Releases releases, ServiceCatalog catalog) {
        this.releases = releases;
        this.catalog = catalog;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(TASK);
    }

    @Override
    public String about(ReleaseId id, String task) {
        var release = releases.get(id);
        var before = release.servingVersion() == null ? "the old version" : "version " + release.servingVersion();
        var definition = catalog.pinned(release.definitionId());
        var plan = definition.rollbackPlan(release).inWords();
        var mitigations = RollbackPlan.of(definition.mitigations(), null).inWords();
        return "**The traffic is where it was.** " + release.name()
                + " has been deployed, and what it changed in the database can't be undone: " + before
                + " may not work any more. Nothing is given back by itself."
                + (mitigations.isEmpty() ? "" : "\n\n**What may help meanwhile**\n\n" + mitigations)
                + (plan.isEmpty() ? "" : "\n\n**Rollback plan, not carried out**\n\n" + plan);
    }
}
