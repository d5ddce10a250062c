package dev.slipway.prerelease.migration;

import java.util.Comparator;
import java.util.List;

/**
 * What is said about one statement.
 *
 * @param file      as it was given
 * @param line      1 for the first
 * @param statement as it stands in the file
 * @param verdict   the gravest of its findings; {@link Verdict#SAFE} where there are only notes
 * @param findings  the gravest first
 */
public record ReviewedStatement(String file, int line, String statement, Verdict verdict, List<RuleFinding> findings) {

    /** What {@link #rule} says where no rule decides. */
    public static final String NO_RULE = "none";

    static ReviewedStatement of(String file, int line, String statement, List<RuleFinding> findings) {
        var sorted = findings.stream()
                .distinct()
                .sorted(Comparator.comparing(RuleFinding::verdict).reversed())
                .toList();
        var verdict = sorted.isEmpty() ? Verdict.SAFE : sorted.get(0).verdict();
        return new ReviewedStatement(file, line, statement, verdict, sorted);
    }

    /** @return the gravest finding; null where the statement is safe */
    public RuleFinding gravest() {
        return verdict == Verdict.SAFE ? null : findings.get(0);
    }

    /** @return the id of the rule that decides, or {@link #NO_RULE} */
    public String rule() {
        var gravest = gravest();
        return gravest == null ? NO_RULE : gravest.rule();
    }

    /** @return whether what was before can be had back by SQL alone, after all that its findings say */
    public boolean reversible() {
        return findings.stream()
                .filter(finding -> finding.verdict() != Verdict.SAFE)
                .allMatch(RuleFinding::reversible);
    }
}
