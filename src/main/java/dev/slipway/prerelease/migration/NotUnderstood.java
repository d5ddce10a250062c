package dev.slipway.prerelease.migration;

/** The statement has a clause that no rule knows. Never answered by "safe". */
final class NotUnderstood extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotUnderstood(String message) {
        super(message, null, false, false);
    }
}
