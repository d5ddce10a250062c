package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.List;

/**
 * Everything that is known of one metric in one stage.
 *
 * @param metric   what was agreed about it
 * @param samples  of the new version, oldest first, one a look
 * @param baseline values to compare with, in any order; empty where there are none
 */
public record MetricSeries(Metric metric, List<Sample> samples, List<Double> baseline) {

    public MetricSeries {
        samples = List.copyOf(samples);
        baseline = List.copyOf(baseline);
    }
}
