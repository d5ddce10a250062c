package dev.slipway.observation.judge;

import dev.slipway.catalog.ServiceDefinition.Metric;
import java.util.List;

/**
 * Everything that is known of one metric in one stage.
 *
 * @param metric   what was agreed about it
 * @param samples  of the new version, oldest first, one a look
 * @param baseline to compare with, oldest first, without those that have no value; empty where there are none
 * @param past     what is known of it from earlier days
 */
public record MetricSeries(Metric metric, List<Sample> samples, List<Sample> baseline, Past past) {

    public MetricSeries {
        samples = List.copyOf(samples);
        baseline = baseline.stream().filter(Sample::hasValue).toList();
    }

    /** A series of which no earlier days are known, and of whose baseline only values. */
    public static MetricSeries of(Metric metric, List<Sample> samples, List<Double> baseline) {
        return new MetricSeries(
                metric,
                samples,
                baseline.stream().map(value -> Sample.value(value, null, false)).toList(),
                Past.NONE);
    }
}
