package dev.slipway.prerelease.migration;

/**
 * What one rule says about a statement.
 *
 * @param rule        its id, such as {@code drop-column}
 * @param verdict     {@link Verdict#SAFE} for a note, which leaves the statement's verdict as it is
 * @param lock        the lock that is taken, by the database's own name
 * @param blocks      what waits meanwhile: nothing, writes, reads and writes
 * @param reversible  whether what was before can be had back by SQL alone
 * @param why         one sentence
 * @param alternative SQL that is safe, with the statement's own names; may have lines
 * @param link        a page of the database's own documentation
 */
public record RuleFinding(
        String rule,
        Verdict verdict,
        String lock,
        String blocks,
        boolean reversible,
        String why,
        String alternative,
        String link) {}
