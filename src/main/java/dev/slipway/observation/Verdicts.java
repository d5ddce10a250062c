package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** What is said about a release as a whole. */
@Service
public class Verdicts {

    private final Watches watches;
    private final Measurements measurements;
    private final Charts charts;

    Verdicts(Watches watches, Measurements measurements, Charts charts) {
        this.watches = watches;
        this.measurements = measurements;
        this.charts = charts;
    }

    /**
     * @param verdict of the last look
     * @param stage   in which it was taken
     * @param reason  in a sentence
     */
    public record Said(Verdict verdict, String stage, String reason) {}

    /** @return what was said last; empty where the release was never looked at */
    public Optional<Said> last(ReleaseId release) {
        var watched = watches.find(release)
                .filter(watch -> watch.verdict() != null)
                .map(watch -> new Said(watch.verdict(), watch.stage(), watch.reason()));
        return watched.isPresent() ? watched : ended(release);
    }

    /** Once watching has ended, the last look at each metric is what is left of it. */
    private Optional<Said> ended(ReleaseId release) {
        var latest = measurements.latest(release);
        if (latest.isEmpty()) {
            return Optional.empty();
        }
        var stage = latest.get(latest.size() - 1).stage();
        var unclear = charts.unclear(release);
        if (unclear.isEmpty()) {
            return Optional.of(new Said(Verdict.PASS, stage, "All metrics are inside their limits."));
        }
        var worst = verdict(latest, unclear.get(0));
        var reason = latest.stream()
                .filter(entry -> entry.verdict() == worst && unclear.contains(entry.metric()))
                .map(Measurements.Entry::words)
                .collect(Collectors.joining(" "));
        return Optional.of(new Said(worst, stage, reason));
    }

    private static Verdict verdict(List<Measurements.Entry> latest, String metric) {
        return latest.stream()
                .filter(entry -> entry.metric().equals(metric))
                .map(Measurements.Entry::verdict)
                .findFirst()
                .orElseThrow();
    }
}
