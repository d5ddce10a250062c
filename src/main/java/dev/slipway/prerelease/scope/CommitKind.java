package dev.slipway.prerelease.scope;

/** What a commit brings, as far as its message tells. */
public enum CommitKind {
    FEATURE,
    FIX,
    INFRASTRUCTURE,
    /** The message does not tell. */
    OTHER
}
