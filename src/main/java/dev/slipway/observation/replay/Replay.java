package dev.slipway.observation.replay;

import dev.slipway.observation.judge.Judge;
import dev.slipway.observation.judge.Look;
import dev.slipway.observation.judge.MetricSeries;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Verdict;

/** Judges a recorded release look by look, as it would have been judged then. */
public final class Replay {

    private final Judge judge;

    /** @param alpha the probability that a release without harm fails by comparison; above 0, below 1 */
    public Replay(double alpha) {
        this.judge = new Judge(alpha);
    }

    /**
     * What was said at last.
     *
     * @param verdict of the first look that failed, or of the last one
     * @param look    which that was, from 1
     */
    public record Decision(ReleaseVerdict verdict, int look) {}

    /** @throws Recordings.BadRecording where nothing was recorded after the release */
    public Decision judge(Recordings.Recording recording) {
        var looks = recording.metrics().stream()
                .mapToInt(metric -> metric.after().size())
                .min()
                .orElse(0);
        if (looks == 0) {
            throw new Recordings.BadRecording(recording.id() + " has no values after the release.");
        }
        for (var look = 1; ; look++) {
            var number = look;
            var series = recording.metrics().stream()
                    .map(metric -> new MetricSeries(
                            metric.metric(), metric.after().subList(0, number), metric.before(), metric.history()))
                    .toList();
            var verdict = judge.judge(series, new Look(look, looks, 0, look == looks));
            if (verdict.verdict() == Verdict.FAIL || look == looks) {
                return new Decision(verdict, look);
            }
        }
    }
}
