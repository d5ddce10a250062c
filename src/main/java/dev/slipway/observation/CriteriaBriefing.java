package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.observation.judge.Thresholds;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Before anyone says go: what will make the release go back, and on whose word (WIN-5). */
@Component
class CriteriaBriefing implements Briefing {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final FalseAlarms alarms;

    CriteriaBriefing(Releases releases, ServiceCatalog catalog, FalseAlarms alarms) {
        this.releases = releases;
        this.alarms = alarms;
        this.catalog = catalog;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("decide-go");
    }

    @Override
    public String about(ReleaseId id, String task) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var rates = alarms.rates(release.service()).stream()
                .filter(rate -> rate.source() == FalseAlarms.Source.METRIC)
                .collect(Collectors.toMap(FalseAlarms.Rate::name, FalseAlarms.Rate::inWords));
        var authority = definition.group("release-authority");
        var rows = definition.metrics().stream()
                .map(metric -> row(metric, rates.getOrDefault(metric.name(), "–")))
                .collect(Collectors.joining("\n"));
        return "Rollback criteria:\n\n| metric | must stay | if not | false alarms |\n|---|---|---|---|\n" + rows
                + "\n\nThe release owner and the group " + authority + " may roll back at any time.";
    }

    private static String row(Metric metric, String falseAlarms) {
        var consequence = metric.critical() ? "rolled back at once (critical)" : "a person decides";
        return MeasurementTables.row(
                metric.name(),
                Thresholds.of(metric),
                metric.dryRun() ? "nothing (shown only)" : consequence,
                falseAlarms);
    }
}
