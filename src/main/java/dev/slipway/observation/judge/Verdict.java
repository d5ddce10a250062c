package dev.slipway.observation.judge;

/** What is said about a metric or a release, from best to worst. */
public enum Verdict {
    PASS,
    INCONCLUSIVE,
    FAIL;

    /** @return the worse of both */
    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
