package dev.slipway.observation;

import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.MetricVerdict;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** Takes a look at a release: asks the sources about every metric and has the judge weigh all looks of the stage. */
@Component
class Looks {

    private static final double ENOUGH_OF_THE_SERVING_VERSION = 0.7;
    private static final int LONGEST_BASELINE = 60;

    private final Definitions definitions;
    private final Questions questions;
    private final ObservationProperties properties;
    private final Pasts pasts;
    private final Judge judge;

    Looks(Definitions definitions, Questions questions, Pasts pasts, ObservationProperties properties) {
        this.definitions = definitions;
        this.questions = questions;
        this.pasts = pasts;
        this.properties = properties;
        this.judge = new Judge(properties.alpha());
    }

    /**
     * What a look brought.
     *
     * @param at       when
     * @param verdict  over the stage so far
     * @param measured to be kept
     */
    record Taken(Instant at, ReleaseVerdict verdict, List<Measurement> measured) {}

    /**
     * @param history all that was measured of this release before
     * @param last    whether the stage ends with this look
     * @return completes when all sources have answered or are given up
     */
    CompletableFuture<Taken> take(Watch watch, List<Measurement> history, boolean last, Sources.Round round) {
        var definition = definitions.pinned(watch.definitionId());
        var asked = definition.metrics().stream()
                .map(metric -> questions.ask(watch, definition, metric, !knowsBefore(history, metric), round))
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> judged(
                        watch,
                        history,
                        asked.stream().map(CompletableFuture::join).toList(),
                        last,
                        round.at()));
    }

    /** Judges what was measured already, as the end of the stage. */
    ReleaseVerdict judgeEnd(Watch watch, List<Measurement> history) {
        var series = definitions.pinned(watch.definitionId()).metrics().stream()
                .map(metric -> series(watch, metric, history))
                .toList();
        return judge.judge(series, look(watch, history, true));
    }

    private Taken judged(
            Watch watch, List<Measurement> history, List<Questions.Answers> answers, boolean last, Instant at) {
        var before = answers.stream().flatMap(answer -> before(watch, answer)).toList();
        var raw = answers.stream().map(answer -> raw(watch, answer, at)).toList();
        var known = new ArrayList<>(history);
        known.addAll(before);
        known.addAll(raw);
        // Before traffic is shifted it is no surprise that there is no data.
        var series = answers.stream()
                .filter(answer -> watch.hasBegunAStage() || answer.value().reading() instanceof Reading.Value)
                .map(answer -> series(watch, answer.metric(), known))
                .toList();
        var verdict = judge.judge(series, look(watch, known, last));
        var measured = new ArrayList<>(before);
        raw.stream().map(measurement -> with(measurement, verdict)).forEach(measured::add);
        return new Taken(at, verdict, measured);
    }

    private Measurement raw(Watch watch, Questions.Answers answer, Instant at) {
        var baseline = answer.baseline();
        return new Measurement(
                watch.release().number(),
                watch.stage(),
                answer.metric().name(),
                at,
                kind(answer.value().reading()),
                answer.value().number(),
                baseline == null ? null : baseline.number(),
                answer.size(),
                isWarmUp(watch, at),
                null,
                null,
                null,
                null,
                why(answer.value().reading()),
                answer.value().events(),
                baseline == null ? null : baseline.events(),
                baseline == null ? null : baseline.total(),
                null,
                null);
    }

    private static Measurement with(Measurement raw, ReleaseVerdict verdict) {
        var said = verdict.metrics().stream()
                .filter(candidate -> candidate.metric().equals(raw.metric()))
                .findFirst()
                .orElse(new MetricVerdict(
                        raw.metric(),
                        Verdict.INCONCLUSIVE,
                        "no traffic yet",
                        raw.metric() + " is not judged before traffic reaches the new version.",
                        null,
                        null,
                        null));
        return new Measurement(
                raw.release(),
                raw.stage(),
                raw.metric(),
                raw.at(),
                raw.kind(),
                raw.value(),
                raw.baseline(),
                raw.sample(),
                raw.warmUp(),
                said.threshold(),
                said.verdict(),
                said.rule(),
                said.words(),
                raw.error(),
                raw.events(),
                raw.baselineEvents(),
                raw.baselineSize(),
                said.effect(),
                said.p());
    }

    /** Values from before the release are kept like a look of their own; one without a value says that it was tried. */
    private static Stream<Measurement> before(Watch watch, Questions.Answers answer) {
        var measured = new ArrayList<Measurement>();
        for (var i = 0; i < answer.before().size(); i++) {
            var told = answer.before().get(i);
            if (i == 0 || told.reading() instanceof Reading.Value) {
                measured.add(new Measurement(
                        watch.release().number(),
                        Measurement.BEFORE,
                        answer.metric().name(),
                        Questions.before(watch, i + 1),
                        kind(told.reading()),
                        null,
                        told.number(),
                        null,
                        false,
                        null,
                        null,
                        null,
                        null,
                        why(told.reading()),
                        null,
                        told.events(),
                        told.total(),
                        null,
                        null));
            }
        }
        return measured.stream();
    }

    private MetricSeries series(Watch watch, Metric metric, List<Measurement> known) {
        var own = known.stream()
                .filter(measurement -> measurement.metric().equals(metric.name()))
                .toList();
        var samples = own.stream()
                .filter(measurement -> measurement.stage().equals(watch.stage()))
                .map(Measurement::asSample)
                .filter(sample -> watch.hasBegunAStage() || sample.kind() == Sample.Kind.VALUE)
                .toList();
        var past = pasts.of(watch, definitions.pinned(watch.definitionId()), metric);
        return new MetricSeries(metric, samples, baseline(watch, metric, own, samples), past);
    }

    private static List<Sample> baseline(Watch watch, Metric metric, List<Measurement> own, List<Sample> samples) {
        if (metric.compareWith() == CompareWith.BEFORE) {
            return baselines(own.stream().filter(Measurement::isBefore));
        }
        var sameTime =
                baselines(own.stream().filter(measurement -> measurement.stage().equals(watch.stage())));
        var values = samples.stream()
                .filter(sample -> sample.kind() == Sample.Kind.VALUE)
                .count();
        if (sameTime.size() >= ENOUGH_OF_THE_SERVING_VERSION * values) {
            return sameTime;
        }
        // The version that served has no traffic any more: what it was like in earlier stages stands for it.
        var all = baselines(own.stream().filter(measurement -> !measurement.isBefore()));
        return all.subList(Math.max(0, all.size() - LONGEST_BASELINE), all.size());
    }

    private static List<Sample> baselines(Stream<Measurement> measurements) {
        return measurements
                .map(Measurement::asBaseline)
                .filter(Objects::nonNull)
                .toList();
    }

    private Look look(Watch watch, List<Measurement> known, boolean last) {
        if (!watch.hasBegunAStage()) {
            return new Look(1, 1, 0, false);
        }
        var number = known.stream()
                .filter(measurement -> measurement.stage().equals(watch.stage()))
                .map(Measurement::at)
                .filter(at -> at.isAfter(watch.planBeganAt()))
                .distinct()
                .count();
        return new Look((int) number, watch.plannedLooks(), watch.extensions(), last);
    }

    private boolean isWarmUp(Watch watch, Instant at) {
        return !watch.hasBegunAStage()
                || at.isBefore(watch.stageBeganAt().plus(properties.warmUpFor(watch.interval())));
    }

    private static boolean knowsBefore(List<Measurement> history, Metric metric) {
        return history.stream()
                .anyMatch(measurement ->
                        measurement.isBefore() && measurement.metric().equals(metric.name()));
    }

    private static Sample.Kind kind(Reading reading) {
        if (reading instanceof Reading.Value) {
            return Sample.Kind.VALUE;
        }
        return reading instanceof Reading.NoData ? Sample.Kind.NO_DATA : Sample.Kind.BROKEN;
    }

    private static String why(Reading reading) {
        if (reading instanceof Reading.NoData noData) {
            return noData.why();
        }
        return reading instanceof Reading.Broken broken ? broken.why() : null;
    }
}
