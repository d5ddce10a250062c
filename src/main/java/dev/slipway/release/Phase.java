package dev.slipway.release;

/** Where a release stands, in the order of a release without trouble. */
public enum Phase {
    PRE_RELEASE,
    COMMUNICATION,
    AWAITING_WINDOW,
    RELEASE_WINDOW,
    OBSERVATION,
    ROLLBACK,
    FINAL_STATUS,
    REVIEW,
    CLOSED
}
