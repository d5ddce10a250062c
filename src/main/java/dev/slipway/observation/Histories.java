package dev.slipway.observation;

import dev.slipway.release.ReleaseId;
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

    private static final int MOST = 2_000;

    private record Kept(Instant lastLook, List<Measurement> measurements) {}

    private final MeasurementTable table;
    private final Map<ReleaseId, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ReleaseId, Kept> eldest) {
            return size() > MOST;
        }
    };

    Histories(MeasurementTable table) {
        this.table = table;
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

    /** Remembers what was stored by the look at {@code at}. */
    void add(Watch watch, List<Measurement> history, Looks.Taken taken) {
        var all = new ArrayList<>(history);
        all.addAll(taken.measured());
        synchronized (kept) {
            kept.put(watch.release(), new Kept(taken.at(), all));
        }
    }

    void forget(ReleaseId release) {
        synchronized (kept) {
            kept.remove(release);
        }
    }
}
