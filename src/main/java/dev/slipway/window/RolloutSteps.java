package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Part;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** WIN-3: the steps in which a release's traffic moves: those of its service, made smaller where the risk demands it. */
@Component
class RolloutSteps {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Timeline timeline;

    RolloutSteps(Releases releases, ServiceCatalog catalog, Timeline timeline) {
        this.releases = releases;
        this.catalog = catalog;
        this.timeline = timeline;
    }

    /**
     * One step of one part.
     *
     * @param part       which part, from 0
     * @param step       what happens to its traffic
     * @param lastOfPart whether the part has all its traffic then
     */
    record Stage(int part, Step step, boolean lastOfPart) {}

    /**
     * From here on the only ways out are success and rollback.
     *
     * @param demanded what the risk demands
     * @return the steps of all parts, in order
     */
    List<Stage> begin(ReleaseId id, RolloutDemand demanded) {
        releases.trafficBegins(id);
        var release = releases.get(id);
        var parts = definition(release).parts();
        timeline.record(
                id,
                Actor.machine("rollout"),
                "Rollout of " + release.name() + " begins: "
                        + parts.stream().map(part -> inWords(part, demanded)).collect(Collectors.joining("; ")) + ".");
        for (var part : parts) {
            var first = lay(part, demanded).get(0).weight();
            if (demanded.gradual() && first > demanded.firstStepAtMost()) {
                timeline.record(
                        id,
                        Actor.machine("rollout"),
                        "The risk demands a first step of at most " + Wording.percent(demanded.firstStepAtMost())
                                + ", but " + (part.key() == null ? release.service() : part.inWords())
                                + " is released by strategy " + part.strategy()
                                + " and can't split its traffic. It begins with " + Wording.percent(first) + ".");
            }
        }
        return of(id, demanded);
    }

    /** @return the same steps as {@link #begin} laid out */
    List<Stage> of(ReleaseId id, RolloutDemand demanded) {
        var parts = definition(releases.get(id)).parts();
        var stages = new ArrayList<Stage>();
        for (var part = 0; part < parts.size(); part++) {
            var steps = lay(parts.get(part), demanded);
            for (var step = 0; step < steps.size(); step++) {
                stages.add(new Stage(part, steps.get(step), step == steps.size() - 1));
            }
        }
        return stages;
    }

    /** @return how many parts are rolled out one after the other, at least one */
    int partCount(ReleaseId id) {
        return definition(releases.get(id)).parts().size();
    }

    /** @return how long a deployer that answers later may take */
    Duration reportWithin(ReleaseId id) {
        return definition(releases.get(id)).rollout().reportWithin();
    }

    private static List<Step> lay(Part part, RolloutDemand demanded) {
        var steps = part.steps();
        var splits = part.strategy() == Strategy.CANARY || part.strategy() == Strategy.FEATURE_FLAG;
        var first = steps.get(0);
        if (!demanded.gradual() || !splits || first.weight() <= demanded.firstStepAtMost()) {
            return steps;
        }
        return Stream.concat(Stream.of(new Step(demanded.firstStepAtMost(), first.bake())), steps.stream())
                .toList();
    }

    private ServiceDefinition definition(Release release) {
        return catalog.pinned(release.definitionId());
    }

    private static String inWords(Part part, RolloutDemand demanded) {
        var steps = lay(part, demanded).stream()
                .map(step -> Wording.percent(step.weight()))
                .collect(Collectors.joining(", then "));
        return part.key() == null ? steps : part.inWords() + ": " + steps;
    }
}
