package dev.slipway.observation.judge;

import java.util.List;

/**
 * What is said about a release at one look.
 *
 * @param verdict the worst of all metrics that decide
 * @param reason  in words: every metric that is responsible for it; for a PASS that all is well
 * @param metrics every metric, in the order given
 */
public record ReleaseVerdict(Verdict verdict, String reason, List<MetricVerdict> metrics) {}
