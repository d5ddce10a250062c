package dev.slipway.observation.judge;

/**
 * What is said about one metric.
 *
 * @param metric    its name
 * @param verdict   what it means for the release
 * @param rule      the name of the rule that decided
 * @param words     what a person reads: value, limit or baseline, and why
 * @param value     of the latest look; null where it brought none
 * @param baseline  the median that it was compared with; null where it was not
 * @param threshold what it is held against, in words
 * @param effect    how much it differs from the baseline; null where it was not compared
 * @param p         of what was seen, or worse, if the harm were just tolerable; 0 to 1; null where it was not compared
 * @param basis     what that rests on, in words; null where it was not compared
 */
public record MetricVerdict(
        String metric,
        Verdict verdict,
        String rule,
        String words,
        Double value,
        Double baseline,
        String threshold,
        Effect effect,
        Double p,
        String basis) {

    /** A verdict that rests on no comparison. */
    public MetricVerdict(
            String metric,
            Verdict verdict,
            String rule,
            String words,
            Double value,
            Double baseline,
            String threshold) {
        this(metric, verdict, rule, words, value, baseline, threshold, null, null, null);
    }
}
