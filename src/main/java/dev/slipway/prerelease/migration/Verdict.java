package dev.slipway.prerelease.migration;

/** What is said about a statement, rising in gravity. */
public enum Verdict {
    /** Can run while the old and the new version serve. */
    SAFE,
    /** Works where something is true that can't be seen from here; the finding says what. */
    WARN,
    /** Could not be read, so nothing is known about it. */
    UNPARSED,
    /** Blocks reads or writes under traffic, or breaks the version that still runs. */
    BLOCKING,
    /** Destroys data: after it there is no way back. */
    IRREVERSIBLE;

    Verdict or(Verdict other) {
        return compareTo(other) >= 0 ? this : other;
    }

    boolean isUnsafe() {
        return this == BLOCKING || this == IRREVERSIBLE;
    }
}
