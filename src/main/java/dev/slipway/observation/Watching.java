package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Service;

/** When a release is watched, and in which stage. Takes part in the transaction of whoever moves the release. */
@Service
class Watching {

    private static final String OBSERVATION = "observation";
    static final String NO_STAGE_YET = "before-traffic";

    private final Watches watches;
    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Clock clock;

    Watching(Watches watches, Releases releases, ServiceCatalog catalog, Clock clock) {
        this.watches = watches;
        this.releases = releases;
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Begins to watch, unless it is watched already: a rollout in several parts is watched from its first to its last. */
    void beginUnlessWatched(ReleaseId id) {
        if (watches.find(id).isEmpty()) {
            begin(id);
        }
    }

    /** Begins to watch. Until the first stage begins, data that is missing means nothing. */
    void begin(ReleaseId id) {
        var release = releases.get(id);
        var interval = catalog.pinned(release.definitionId()).observation().interval();
        var grid = Grid.of(release.service(), interval);
        var now = now();
        watches.begin(new Watch(
                id,
                release.definitionId(),
                release.version(),
                release.servingVersion(),
                interval,
                // On the grid too: what was before is asked of the source once for all releases of the service.
                grid.at(now),
                NO_STAGE_YET,
                null,
                null,
                0,
                null,
                grid.after(now),
                null,
                null,
                null,
                null));
    }

    /**
     * Begins a stage, or extends the one that is under way: then it keeps its looks.
     *
     * @param step   of the rollout, from 0; null where the rollout is over and the release is observed
     * @param bake   how long the step is watched; null for what the service says of a step of that number
     * @param factor how much longer than usual the release is observed
     */
    void beginStage(ReleaseId id, Integer step, Duration bake, double factor) {
        var watch = watches.find(id).orElseThrow(() -> new IllegalStateException(id + " is not watched"));
        var definition = catalog.pinned(watch.definitionId());
        var now = now();
        var stage = step == null ? OBSERVATION : "step-" + (step + 1);
        var end = now.plus(step == null ? period(definition, factor) : bake == null ? bake(definition, step) : bake);
        if (watch.hasBegunAStage() && watch.stage().equals(stage)) {
            watches.extendStage(id, now, end);
        } else {
            watches.beginStage(id, stage, now, end, watch.grid().after(now));
        }
    }

    void end(ReleaseId id) {
        watches.end(id);
    }

    /** @return how long a release is observed, in all or once more */
    Duration period(ReleaseId id, double factor) {
        return period(catalog.pinned(releases.get(id).definitionId()), factor);
    }

    private static Duration period(ServiceDefinition definition, double factor) {
        return Duration.ofMillis(Math.round(definition.observation().period().toMillis() * factor));
    }

    private static Duration bake(ServiceDefinition definition, int step) {
        var steps = definition.rollout().steps();
        return steps.get(Math.min(step, steps.size() - 1)).bake();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
