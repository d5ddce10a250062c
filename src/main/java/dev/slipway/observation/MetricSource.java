package dev.slipway.observation;

import dev.slipway.catalog.Adapter;
import java.time.Instant;

/** Where a metric's value comes from. Implementations return what the source said; they don't judge. */
public interface MetricSource extends Adapter {

    /**
     * @return the value at {@code at}; {@link Reading.NoData} where the source answered with nothing;
     *     {@link Reading.Broken} where it did not answer within the timeout or answered with an error
     */
    Reading read(MetricQuery query, Instant at);

    @Override
    default Kind kind() {
        return Kind.METRIC_SOURCE;
    }
}
