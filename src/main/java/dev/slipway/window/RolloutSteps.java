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

    private static final String GRADUAL = "gradual";
    /** The most traffic, in percent, that the first step of a gradual rollout may take. */
    private static final double SMALL_FIRST_STEP = 10;

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
     * @param demanded the strategy that the risk demands; may be null
     * @return the steps, in order
     */
    List<Step> begin(ReleaseId id, String demanded) {
        releases.trafficBegins(id);
        var release = releases.get(id);
        var rollout = definition(release).rollout();
        var steps = lay(rollout, demanded);
        timeline.record(
                id, Actor.machine("rollout"), "Rollout of " + release.name() + " begins: " + inWords(steps) + ".");
        if (GRADUAL.equals(demanded) && steps.get(0).weight() > SMALL_FIRST_STEP) {
            timeline.record(
                    id,
                    Actor.machine("rollout"),
                    "The risk demands a first step of at most " + Wording.percent(SMALL_FIRST_STEP) + ", but "
                            + release.service() + " is released by strategy " + rollout.strategy()
                            + " and can't split its traffic. It begins with "
                            + Wording.percent(steps.get(0).weight()) + ".");
        }
        return steps;
    }

    /** @return the same steps as {@link #begin} laid out */
    List<Step> of(ReleaseId id, String demanded) {
        return lay(definition(releases.get(id)).rollout(), demanded);
    }

    /** @return how long a deployer that answers later may take */
    Duration reportWithin(ReleaseId id) {
        return definition(releases.get(id)).rollout().reportWithin();
    }

    static List<Step> lay(ServiceDefinition.Rollout rollout, String demanded) {
        var steps = rollout.steps();
        var splits = rollout.strategy() == Strategy.CANARY || rollout.strategy() == Strategy.FEATURE_FLAG;
        var first = steps.get(0);
        if (!GRADUAL.equals(demanded) || !splits || first.weight() <= SMALL_FIRST_STEP) {
            return steps;
        }
        return Stream.concat(Stream.of(new Step(SMALL_FIRST_STEP, first.bake())), steps.stream())
                .toList();
    }

    private ServiceDefinition definition(Release release) {
        return catalog.pinned(release.definitionId());
    }

    private static String inWords(List<Step> steps) {
        return steps.stream().map(step -> Wording.percent(step.weight())).collect(Collectors.joining(", then "));
    }
}
