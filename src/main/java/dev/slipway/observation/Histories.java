package dev.slipway.observation;

import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/**
 * What was measured of the releases watched by this node, so that it is not read again at every look. The table is the
 * truth: whatever was not seen here, by another node or before a restart, is read from it.
 */
@Component
class Histories {

    /** Longer than any interval: what was not looked at for so long is looked at by another node, or by none. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(20);

    private record Kept(Instant lastLook, List<Measurement> measurements) {}

    private final MeasurementTable table;
    private final int most;
    private final Map<ReleaseId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int measurements;

    Histories(MeasurementTable table, ObservationProperties properties) {
        this.table = table;
        this.most = properties.remembered();
    }

    List<Measurement> of(Watch watch) {
        synchronized (kept) {
            var known = kept.get(watch.release());
            if (known != null && Objects.equals(known.lastLook(), watch.lastLook())) {
                return known.measurements();
            }
        }
        return table.of(watch.release());
    }

    /** Remembers what was stored by the look at {@code at}, where there is room for it. */
    void add(Watch watch, List<Measurement> history, Looks.Taken taken) {
        var all = new ArrayList<Measurement>(history.size() + taken.measured().size());
        all.addAll(history);
        taken.measured().stream().map(Histories::withoutWords).forEach(all::add);
        synchronized (kept) {
            forget(watch.release());
            makeRoom(all.size(), taken.at());
            if (measurements + all.size() <= most) {
                kept.put(watch.release(), new Kept(taken.at(), all));
                measurements += all.size();
            }
        }
    }

    void forget(ReleaseId release) {
        synchronized (kept) {
            var forgotten = kept.remove(release);
            if (forgotten != null) {
                measurements -= forgotten.measurements().size();
            }
        }
    }

    /**
     * The eldest is not simply dropped: all are looked at in turn, so it would be the next one that is needed, and none
     * would be found any more.
     */
    private void makeRoom(int needed, Instant now) {
        var eldest = kept.values().iterator();
        while (measurements + needed > most && eldest.hasNext()) {
            var candidate = eldest.next();
            if (!candidate.lastLook().isBefore(now.minus(GIVEN_UP_AFTER))) {
                return;
            }
            measurements -= candidate.measurements().size();
            eldest.remove();
        }
    }

    /** What was said is not needed to judge again, and is most of the text. */
    private static Measurement withoutWords(Measurement full) {
        return new Measurement(
                full.release(),
                full.stage(),
                full.metric(),
                full.at(),
                full.kind(),
                full.value(),
                full.baseline(),
                full.sample(),
                full.warmUp(),
                null,
                null,
                null,
                null,
                full.error(),
                full.events(),
                full.baselineEvents(),
                full.baselineSize(),
                null,
                null);
    }
}
