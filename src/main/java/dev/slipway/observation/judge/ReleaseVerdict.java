package dev.slipway.observation.judge;

import java.util.List;

/**
 * What is said about a release at one look.
 *
 * @param verdict the worst of all metrics that decide
 * @param reason  in words: every metric that is responsible for it; for a PASS that all is well
 * @param metrics every metric, in the order given
 */
public record ReleaseVerdict(Verdict verdict, String reason, List<MetricVerdict> metrics) {

    /**
     * Whether what is unclear may become clear by waiting. A metric without data, a source that does not answer or a
     * metric that is surely worse needs a person at once.
     */
    public boolean moreDataHelps() {
        var unclear = metrics.stream()
                .filter(metric -> metric.verdict() == Verdict.INCONCLUSIVE)
                .toList();
        return verdict == Verdict.INCONCLUSIVE
                && !unclear.isEmpty()
                && unclear.stream().allMatch(metric -> Judge.RESOLVED_BY_TIME.contains(metric.rule()));
    }
}
