package dev.slipway.release;

/**
 * Evidence has come from outside the forms: who is being asked about it should see it.
 *
 * @param release     which release
 * @param requirement such as {@code PRE-3}
 */
public record EvidenceAttached(ReleaseId release, String requirement) {}
