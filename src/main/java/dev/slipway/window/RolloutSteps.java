package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Step;
import dev.slipway.catalog.ServiceDefinition.Strategy;
import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Duration;
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
     * From here on the only ways out are success and rollback.
     *
     * @param demanded what the risk demands
     * @return the steps, in order
     */
    List<Step> begin(ReleaseId id, RolloutDemand demanded) {
        releases.trafficBegins(id);
        var release = releases.get(id);
        var rollout = definition(release).rollout();
        var steps = lay(rollout, demanded);
        timeline.record(
                id, Actor.machine("rollout"), "Rollout of " + release.name() + " begins: " + inWords(steps) + ".");
        if (demanded.gradual() && steps.get(0).weight() > demanded.firstStepAtMost()) {
            timeline.record(
                    id,
                    Actor.machine("rollout"),
                    "The risk demands a first step of at most " + Wording.percent(demanded.firstStepAtMost()) + ", but "
                            + release.service() + " is released by strategy " + rollout.strategy()
                            + " and can't split its traffic. It begins with "
                            + Wording.percent(steps.get(0).weight()) + ".");
        }
        return steps;
    }

    /** @return the same steps as {@link #begin} laid out */
    List<Step> of(ReleaseId id, RolloutDemand demanded) {
        return lay(definition(releases.get(id)).rollout(), demanded);
    }

    /** @return how long a deployer that answers later may take */
    Duration reportWithin(ReleaseId id) {
        return definition(releases.get(id)).rollout().reportWithin();
    }

    static List<Step> lay(ServiceDefinition.Rollout rollout, RolloutDemand demanded) {
        var steps = rollout.steps();
        var splits = rollout.strategy() == Strategy.CANARY || rollout.strategy() == Strategy.FEATURE_FLAG;
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

    private static String inWords(List<Step> steps) {
        return steps.stream().map(step -> Wording.percent(step.weight())).collect(Collectors.joining(", then "));
    }
}
