package dev.slipway.observation;

import dev.slipway.catalog.Adapter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Where a metric's value comes from. Implementations return what the source said; they don't judge. */
public interface MetricSource extends Adapter {

    /**
     * @return the value at {@code at}; {@link Reading.NoData} where the source answered with nothing;
     *     {@link Reading.Broken} where it did not answer within the timeout or answered with an error
     */
    Reading read(MetricQuery query, Instant at);

    /**
     * What the source would have answered at several times. A source that can tell them all in one answer does.
     *
     * @param from the first time
     * @param to   not before {@code from}; the last time lies at or before it
     * @param step between two times, above zero
     * @return one reading a time, oldest first; those of a source that knows only the present say so
     */
    default List<At> range(MetricQuery query, Instant from, Instant to, Duration step) {
        var readings = new ArrayList<At>();
        for (var at = from; !at.isAfter(to); at = at.plus(step)) {
            readings.add(new At(at, read(query, at)));
        }
        return readings;
    }

    /** A reading as of a time. */
    record At(Instant at, Reading reading) {}

    @Override
    default Kind kind() {
        return Kind.METRIC_SOURCE;
    }
}
