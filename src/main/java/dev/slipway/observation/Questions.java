package dev.slipway.observation;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** What the sources are asked about one metric at one look. */
@Component
class Questions {

    private final ObservationProperties properties;

    Questions(ObservationProperties properties) {
        this.properties = properties;
    }

    /**
     * What the sources answered about one metric.
     *
     * @param metric   which
     * @param value    of the new version
     * @param sample   how much traffic it rests on; null where nobody asks
     * @param baseline of the serving version; null where nobody asks
     * @param before   values from before the release; empty where nobody asks
     */
    record Answers(Metric metric, Reading value, Reading sample, Reading baseline, List<Reading> before) {

        static Double number(Reading reading) {
            return reading instanceof Reading.Value value ? (Double) value.value() : null;
        }
    }

    /** @param askBefore whether values from before the release are wanted, where the metric is compared with them */
    CompletableFuture<Answers> ask(
            Watch watch, ServiceDefinition definition, Metric metric, boolean askBefore, Sources.Round round) {
        var value = round.read(metric.source(), query(definition, metric, metric.query(), watch.version()));
        var sample = metric.sampleQuery() == null
                ? nothing()
                : round.read(metric.source(), query(definition, metric, metric.sampleQuery(), watch.version()));
        var baseline = metric.compareWith() != CompareWith.BASELINE || watch.servingVersion() == null
                ? nothing()
                : round.read(metric.source(), query(definition, metric, metric.query(), watch.servingVersion()));
        var before = askBefore && metric.compareWith() == CompareWith.BEFORE
                ? readBefore(watch, definition, metric, round)
                : List.<CompletableFuture<Reading>>of();
        var all = new ArrayList<>(before);
        all.addAll(List.of(value, sample, baseline));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Answers(
                        metric,
                        value.join(),
                        sample.join(),
                        baseline.join(),
                        before.stream().map(CompletableFuture::join).toList()));
    }

    private List<CompletableFuture<Reading>> readBefore(
            Watch watch, ServiceDefinition definition, Metric metric, Sources.Round round) {
        var version = watch.servingVersion() == null ? watch.version() : watch.servingVersion();
        var query = query(definition, metric, metric.query(), version);
        return IntStream.rangeClosed(1, properties.beforeLooks())
                .mapToObj(i -> before(watch, i))
                .map(at -> round.read(metric.source(), query, at))
                .toList();
    }

    /** @return the time of the {@code i}th value before watching began */
    static Instant before(Watch watch, int i) {
        return watch.beganAt().minus(watch.interval().multipliedBy(i));
    }

    static MetricQuery query(ServiceDefinition definition, Metric metric, String text, String version) {
        var settings = definition.settingsOf(metric.source()).with(metric.settings());
        // The version comes from a request and stands inside a quoted string of the query.
        var escaped = version.replace("\\", "\\\\").replace("\"", "\\\"");
        return new MetricQuery(text.replace("$version", escaped), settings);
    }

    private static CompletableFuture<Reading> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
