package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** Where the metrics can't tell: the last look at each, and what is unclear. */
@Component
class DoubtBriefing implements Briefing {

    private final Measurements measurements;

    DoubtBriefing(Measurements measurements) {
        this.measurements = measurements;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("decide-inconclusive-step", "decide-inconclusive-verdict");
    }

    @Override
    public String about(ReleaseId release, String task) {
        var latest = measurements.latest(release);
        if (latest.isEmpty()) {
            return "Nothing was measured.";
        }
        var unclear = latest.stream()
                .filter(entry -> entry.verdict() != Verdict.PASS)
                .map(entry -> "- " + entry.words())
                .collect(Collectors.joining("\n"));
        return "The last look at each metric:\n\n" + MeasurementTables.ofEntries(latest)
                + (unclear.isEmpty() ? "" : "\n\nUnclear:\n\n" + unclear);
    }
}
