package dev.slipway.sandbox;

import java.time.Instant;

/**
 * An order and what came of it.
 *
 * @param key        the order's idempotency key
 * @param kind       what was asked for
 * @param version    the version in question
 * @param weight     percentage for it; null but for a shift
 * @param at         when it was first asked
 * @param done       whether it was carried out; else it was refused
 * @param message    the answer, for people
 * @param executions how often it took effect: 1, or 0 where it was refused
 */
record JournalEntry(
        String key,
        Kind kind,
        String version,
        Double weight,
        Instant at,
        boolean done,
        String message,
        int executions) {

    enum Kind {
        DEPLOY,
        SHIFT,
        ROLL_BACK
    }

    boolean isFor(Kind asked, String askedVersion, Double askedWeight) {
        return kind == asked
                && version.equals(askedVersion)
                && (weight == null ? askedWeight == null : weight.equals(askedWeight));
    }
}
