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
     * @param sample   how much traffic it rests on; null where nobody asks or the value knows
     * @param baseline of the serving version; null where nobody asks
     * @param before   values from before the release; empty where nobody asks
     */
    record Answers(Metric metric, Told value, Reading sample, Told baseline, List<Told> before) {

        /** @return how much traffic the value rests on; null where not known */
        Double size() {
            return value.total() == null ? number(sample) : value.total();
        }

        static Double number(Reading reading) {
            return reading instanceof Reading.Value value ? (Double) value.value() : null;
        }
    }

    /**
     * A value, and the counts that it is the share of.
     *
     * @param events null where it is no share of counts, or where there is no value
     * @param total  null likewise
     */
    record Told(Reading reading, Double events, Double total) {

        static Told of(Reading reading) {
            return new Told(reading, null, null);
        }

        /** Nothing counted means that nothing happened, as long as there was something it could have happened to. */
        static Told share(Reading events, Reading total) {
            if (!(total instanceof Reading.Value all)) {
                return of(total);
            }
            if (events instanceof Reading.Broken) {
                return of(events);
            }
            if (all.value() <= 0) {
                return new Told(new Reading.NoData("there was no traffic"), null, 0.0);
            }
            var happened = Math.max(0, events instanceof Reading.Value some ? some.value() : 0);
            return new Told(new Reading.Value(happened / all.value(), all.measuredAt()), happened, all.value());
        }

        Double number() {
            return Answers.number(reading);
        }
    }

    /** @param askBefore whether values from before the release are wanted, where the metric is compared with them */
    CompletableFuture<Answers> ask(
            Watch watch, ServiceDefinition definition, Metric metric, boolean askBefore, Sources.Round round) {
        var value = ask(definition, metric, watch.version(), round, round.at());
        var sample = metric.sampleQuery() == null
                ? Questions.<Reading>nothing()
                : round.read(metric.source(), query(definition, metric, metric.sampleQuery(), watch.version()));
        var baseline = metric.compareWith() != CompareWith.BASELINE || watch.servingVersion() == null
                ? Questions.<Told>nothing()
                : ask(definition, metric, watch.servingVersion(), round, round.at());
        var before = askBefore && metric.compareWith() == CompareWith.BEFORE
                ? askBefore(watch, definition, metric, round)
                : List.<CompletableFuture<Told>>of();
        var all = new ArrayList<CompletableFuture<?>>(before);
        all.addAll(List.of(value, sample, baseline));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> new Answers(
                        metric,
                        value.join(),
                        sample.join(),
                        baseline.join(),
                        before.stream().map(CompletableFuture::join).toList()));
    }

    private List<CompletableFuture<Told>> askBefore(
            Watch watch, ServiceDefinition definition, Metric metric, Sources.Round round) {
        var version = watch.servingVersion() == null ? watch.version() : watch.servingVersion();
        return IntStream.rangeClosed(1, properties.beforeLooks())
                .mapToObj(i -> ask(definition, metric, version, round, before(watch, i)))
                .toList();
    }

    /** @return completes within the timeout, never exceptionally */
    static CompletableFuture<Told> ask(
            ServiceDefinition definition, Metric metric, String version, Sources.Round round, Instant at) {
        if (metric.counts() == null) {
            return round.read(metric.source(), query(definition, metric, metric.query(), version), at)
                    .thenApply(Told::of);
        }
        var events = round.read(
                metric.source(), query(definition, metric, metric.counts().events(), version), at);
        var total = round.read(
                metric.source(), query(definition, metric, metric.counts().total(), version), at);
        return events.thenCombine(total, Told::share);
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

    private static <T> CompletableFuture<T> nothing() {
        return CompletableFuture.completedFuture(null);
    }
}
