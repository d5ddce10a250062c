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
 */
public record MetricVerdict(
        String metric, Verdict verdict, String rule, String words, Double value, Double baseline, String threshold) {}
