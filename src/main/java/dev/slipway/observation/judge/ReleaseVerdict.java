package dev.slipway.observation.judge;

import java.util.List;

/**
 * What is said about a release at one look.
 *
 * @param verdict the worst of all metrics that decide
 * @param reason  in words: every metric that is responsible for it; for a PASS that all is well
 * @param metrics every metric, in the order given
 * @param moreDataHelps whether what is unclear may become clear by waiting; a metric without data, a source that does
 *                      not answer or a metric that is surely worse needs a person at once
 */
public record ReleaseVerdict(Verdict verdict, String reason, List<MetricVerdict> metrics, boolean moreDataHelps) {

    /** A verdict that waiting does not change. */
    public ReleaseVerdict(Verdict verdict, String reason, List<MetricVerdict> metrics) {
        this(verdict, reason, metrics, false);
    }
}
