package dev.slipway.observation;

import dev.slipway.observation.judge.Effect;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.springframework.stereotype.Service;

/** What was measured while a release was watched, and what was said about it. */
@Service
public class Measurements {

    private final MeasurementTable table;

    Measurements(MeasurementTable table) {
        this.table = table;
    }

    /**
     * One metric at one look.
     *
     * @param metric    its name
     * @param at        when
     * @param stage     such as {@code step-1} or {@code observation}
     * @param value     null where there was none
     * @param baseline  of the version that served, at the same time; null where there was none
     * @param sample    how much traffic the value rests on; null where not known
     * @param threshold what it is held against, in words
     * @param verdict   what was said
     * @param rule      the rule that decided
     * @param words     the same in a sentence, with the reason
     * @param warmUp    whether it was too early to be compared
     * @param effect    how much it differs from the baseline, with its 95 % interval; null where it was not compared
     * @param p         of that, or worse, if the harm were just tolerable; 0 to 1; null where it was not compared
     */
    public record Entry(
            String metric,
            Instant at,
            String stage,
            Double value,
            Double baseline,
            Double sample,
            String threshold,
            Verdict verdict,
            String rule,
            String words,
            boolean warmUp,
            Effect effect,
            Double p) {}

    /** @return oldest first; empty where nothing was measured */
    public List<Entry> of(ReleaseId release) {
        return table.of(release).stream()
                .filter(measurement -> !measurement.isBefore())
                .map(Measurements::entry)
                .toList();
    }

    /** @return the latest look at each metric, in the order of the service's metrics */
    public List<Entry> latest(ReleaseId release) {
        var latest = new LinkedHashMap<String, Entry>();
        of(release).forEach(entry -> latest.put(entry.metric(), entry));
        return List.copyOf(latest.values());
    }

    /** @return values of a metric from before the release, in any order; empty where it is not compared with them */
    List<Double> before(ReleaseId release, String metric) {
        return table.of(release).stream()
                .filter(Measurement::isBefore)
                .filter(measurement -> measurement.metric().equals(metric))
                .map(Measurement::baseline)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Entry entry(Measurement measurement) {
        return new Entry(
                measurement.metric(),
                measurement.at(),
                measurement.stage(),
                measurement.value(),
                measurement.baseline(),
                measurement.sample(),
                measurement.threshold(),
                measurement.verdict(),
                measurement.rule(),
                measurement.words(),
                measurement.warmUp(),
                measurement.effect(),
                measurement.p());
    }
}
