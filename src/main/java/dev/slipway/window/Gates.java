package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Holds;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Service;

/** Answers pipelines that ask whether they may deploy, and freezes a service for others while a release rolls out. */
@Service
public class Gates {

    private final Releases releases;
    private final ReleaseFlow flow;
    private final ServiceCatalog catalog;
    private final Holds holds;

    Gates(Releases releases, ReleaseFlow flow, ServiceCatalog catalog, Holds holds) {
        this.releases = releases;
        this.flow = flow;
        this.catalog = catalog;
        this.holds = holds;
    }

    /** @throws Refusal.NotFound where there is no such release */
    public Gate of(ReleaseId id) {
        var release = releases.get(id);
        return holds.current(id)
                .filter(hold -> release.phase() == Phase.RELEASE_WINDOW)
                .map(hold -> new Gate(Gate.Decision.WAIT, List.of(release.name() + " is on hold. " + hold.inWords())))
                .orElseGet(() -> Gate.of(release, flow.waitingFor(id), releases.wasHauledBack(id), freezing(release)));
    }

    /**
     * For pipelines that deploy without a release.
     *
     * @return NO_GO while a release of the service, or of a related one, rolls out or is observed; else GO
     * @throws Refusal.NotFound where there is no such service
     */
    public Gate ofService(String service) {
        var related = catalog.find(service)
                .orElseThrow(() -> new Refusal.NotFound("There is no service " + service + "."))
                .related();
        var freezing = freezing(service, related, null);
        return freezing.isEmpty()
                ? new Gate(Gate.Decision.GO, List.of("Nothing freezes " + service + "."))
                : new Gate(Gate.Decision.NO_GO, freezing);
    }

    /**
     * For tools that know the version and not the release.
     *
     * @return the gate of the release of this version that is under way, else of the last one
     * @throws Refusal.NotFound where there is none
     */
    public Gate ofVersion(String service, String version) {
        return releases.latest(service, version)
                .map(release -> of(release.id()))
                .orElseThrow(() -> new Refusal.NotFound(
                        "There is no release of " + service + " " + version + ". Open one first."));
    }

    /** @return why the release must not begin now, a sentence for each other release that freezes its service */
    List<String> freezing(Release release) {
        return freezing(
                release.service(), catalog.pinned(release.definitionId()).related(), release.id());
    }

    private List<String> freezing(String service, List<String> related, ReleaseId except) {
        var reasons = new ArrayList<String>();
        for (var other : releases.running(null)) {
            if (other.id().equals(except)) {
                continue;
            }
            if (other.service().equals(service)) {
                reasons.add("Another release of " + service + " is under way: " + named(other) + ".");
            } else if (related.contains(other.service())
                    || catalog.pinned(other.definitionId()).related().contains(service)) {
                reasons.add(other.service() + " is related to " + service + " and a release of it is under way: "
                        + named(other) + ".");
            }
        }
        return reasons;
    }

    private static String named(Release release) {
        return release.name() + " (" + release.id() + ", in charge: " + release.owner() + ")";
    }
}
