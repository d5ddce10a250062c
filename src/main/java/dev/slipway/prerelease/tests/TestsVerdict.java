package dev.slipway.prerelease.tests;

/** How the tests of a release stand, the worst first. Only {@link #PASSED} is a pass. */
public enum TestsVerdict {
    /** A test or a status failed, or the coverage is below the minimum. */
    FAILED,
    /** Something that must be there is not, or is not finished, or says nothing. */
    MISSING,
    /** Something is too old, or was measured at another commit. */
    STALE,
    /** The service states no minimum coverage, or requires no test. */
    UNSTATED,
    PASSED
}
