package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Whether the version that serves again is well: every critical metric inside its absolute limits, seen now. */
@Service
class Recovery {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Sources sources;
    private final Timeline timeline;
    private final Clock clock;

    Recovery(Releases releases, ServiceCatalog catalog, Sources sources, Timeline timeline, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.sources = sources;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * Looks once. A metric without data has not recovered.
     *
     * @param before what the last look said; null where this is the first
     */
    boolean isComplete(ReleaseId id, Boolean before) {
        var troubles = troubles(id);
        var recovered = troubles.isEmpty();
        if (before == null || before != recovered) {
            timeline.record(
                    id,
                    Actor.machine("watcher"),
                    recovered
                            ? "The metrics of the old version are inside their limits."
                            : "The metrics of the old version are not inside their limits yet.",
                    recovered ? null : String.join("\n", troubles));
        }
        return recovered;
    }

    /**
     * @param since when every look so far was fine; null where the latest was not
     * @return whether that is long enough for the service
     */
    boolean isProven(ReleaseId id, Instant since) {
        return since != null
                && !clock.instant()
                        .isBefore(since.plus(
                                catalog.pinned(releases.get(id).definitionId()).recoveredFor()));
    }

    Instant now() {
        return clock.instant();
    }

    private List<String> troubles(ReleaseId id) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var version = release.servingVersion() == null ? release.version() : release.servingVersion();
        var round = sources.round(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        var metrics = definition.metrics().stream().filter(Recovery::proves).toList();
        var readings = metrics.stream()
                .map(metric -> read(definition, metric, version, round))
                .toList();
        var troubles = new ArrayList<String>();
        for (var i = 0; i < metrics.size(); i++) {
            var trouble = trouble(metrics.get(i), readings.get(i).join());
            if (trouble != null) {
                troubles.add(trouble);
            }
        }
        return troubles;
    }

    private static boolean proves(Metric metric) {
        return metric.critical() && !metric.dryRun() && (metric.failAbove() != null || metric.failBelow() != null);
    }

    private static CompletableFuture<Reading> read(
            ServiceDefinition definition, Metric metric, String version, Sources.Round round) {
        return Questions.ask(definition, metric, version, round, round.at()).thenApply(Questions.Told::reading);
    }

    private static String trouble(Metric metric, Reading reading) {
        if (reading instanceof Reading.NoData noData) {
            return metric.name() + " has no data: " + noData.why();
        }
        if (reading instanceof Reading.Broken broken) {
            return metric.name() + " could not be read: " + broken.why();
        }
        var value = ((Reading.Value) reading).value();
        if (metric.failAbove() != null && value > metric.failAbove()) {
            return metric.name() + " is " + MeasurementTables.number(value) + ", above its limit of "
                    + MeasurementTables.number(metric.failAbove()) + ".";
        }
        if (metric.failBelow() != null && value < metric.failBelow()) {
            return metric.name() + " is " + MeasurementTables.number(value) + ", below its limit of "
                    + MeasurementTables.number(metric.failBelow()) + ".";
        }
        return null;
    }
}
