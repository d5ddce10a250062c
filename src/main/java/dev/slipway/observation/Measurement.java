package dev.slipway.observation;

import dev.slipway.observation.judge.Effect;
import dev.slipway.observation.judge.Sample;
import dev.slipway.observation.judge.Verdict;
import java.time.Instant;

/**
 * What one look brought for one metric, and what was said about it.
 *
 * @param release   number of the release
 * @param stage     such as {@code step-1} or {@code observation}; {@link #BEFORE} for values from before the release
 * @param metric    its name
 * @param at        when
 * @param kind      whether there was a value
 * @param value     of the new version; null where there was none
 * @param baseline  of the version that served, at the same time or before; null where there was none
 * @param sample    how much traffic the value rests on; null where not known
 * @param warmUp    whether it was too early to be compared
 * @param threshold what it is held against, in words; null in {@link #BEFORE}
 * @param verdict   null in {@link #BEFORE}
 * @param rule      the rule that decided; null in {@link #BEFORE}
 * @param words     what a person reads; null in {@link #BEFORE}
 * @param error     why there was no value; null where there was one
 * @param events    how many of {@code sample} happened; null where the value is no share of counts
 * @param baselineEvents likewise of {@code baseline}
 * @param baselineSize   how many there were of {@code baseline}; null where it is no share of counts
 * @param effect    how much it differs from the baseline; null where it was not compared
 * @param p         of that, or worse, if the harm were just tolerable; null where it was not compared
 */
record Measurement(
        long release,
        String stage,
        String metric,
        Instant at,
        Sample.Kind kind,
        Double value,
        Double baseline,
        Double sample,
        boolean warmUp,
        String threshold,
        Verdict verdict,
        String rule,
        String words,
        String error,
        Double events,
        Double baselineEvents,
        Double baselineSize,
        Effect effect,
        Double p) {

    static final String BEFORE = "before";

    boolean isBefore() {
        return stage.equals(BEFORE);
    }

    Sample asSample() {
        return new Sample(kind, value, events, sample, error, warmUp, at);
    }

    /** @return the baseline at this time; null where there was none */
    Sample asBaseline() {
        return baseline == null
                ? null
                : new Sample(Sample.Kind.VALUE, baseline, baselineEvents, baselineSize, null, false, at);
    }
}
