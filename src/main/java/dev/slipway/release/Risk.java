package dev.slipway.release;

/** What the decision table {@code release-risk} made of a release. */
public enum Risk {
    LOW,
    MEDIUM,
    HIGH
}
