package dev.slipway.observation;

import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Where the metrics can't tell: pictures of what is unclear, and the last look at each metric. */
@Component
class DoubtBriefing implements Briefing {

    /** Whoever is woken by this should see the decision without looking for it. */
    private static final int MOST_PICTURES = 2;

    private final Measurements measurements;
    private final Charts charts;

    DoubtBriefing(Measurements measurements, Charts charts) {
        this.measurements = measurements;
        this.charts = charts;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("decide-inconclusive-step", "decide-inconclusive-verdict");
    }

    @Override
    public String about(ReleaseId release, String task) {
        if (measurements.latest(release).isEmpty()) {
            return "Nothing was measured.";
        }
        var unclear = charts.unclear(release);
        return unclear.isEmpty()
                ? "At the last look each metric passed:\n\n" + pictures(release, charts.metrics(release))
                : pictures(release, unclear);
    }

    @Override
    public String findings(ReleaseId release, String task) {
        var latest = measurements.latest(release);
        return latest.isEmpty() ? "" : "The last look at each metric:\n\n" + MeasurementTables.ofEntries(latest);
    }

    private static String pictures(ReleaseId release, List<String> metrics) {
        var shown = metrics.stream()
                .limit(MOST_PICTURES)
                .map(metric ->
                        "![Chart of " + metric.replaceAll("[\\[\\]]", "") + "](" + Charts.path(release, metric) + ")")
                .collect(Collectors.joining("\n\n"));
        var left = metrics.stream().skip(MOST_PICTURES).toList();
        return left.isEmpty()
                ? shown
                : shown + "\n\nAlso: [" + String.join(", ", left).replaceAll("[\\[\\]]", "") + "]("
                        + ReleaseLink.path(release) + ")";
    }
}
