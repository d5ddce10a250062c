package dev.slipway.observation.judge;

import org.apache.commons.numbers.gamma.LogBeta;
import org.apache.commons.numbers.gamma.RegularizedBeta;

/**
 * A one-sided test on whose event comes next, valid at every event (mixture e-process; Lindon &amp; Malek, NeurIPS 2022,
 * arXiv 2011.03567, section 4).
 */
final class EProcess {

    private static final double PRIOR = 0.5;

    private EProcess() {}

    /**
     * @param own    events of the new version; 0 or more
     * @param others events of the version still serving, at the same time; 0 or more
     * @param next   the highest tolerated probability that an event is the new version's; above 0, below 1
     * @return the evidence against "at most {@code next}"; at least 1/α with probability α at most, whenever one looks
     */
    static double evidence(double own, double others, double next) {
        var mixture = LogBeta.value(PRIOR + own, PRIOR + others)
                + Math.log(RegularizedBeta.complement(next, PRIOR + own, PRIOR + others))
                - LogBeta.value(PRIOR, PRIOR)
                - Math.log(RegularizedBeta.complement(next, PRIOR, PRIOR));
        return Math.exp(mixture - own * Math.log(next) - others * Math.log1p(-next));
    }

    /** @return 1/evidence, at most 1 */
    static double p(double own, double others, double next) {
        return next <= 0 || next >= 1 ? 1 : Math.min(1, 1 / evidence(own, others, next));
    }
}
