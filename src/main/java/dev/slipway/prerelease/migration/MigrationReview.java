package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the review of a release's migrations tells the release: facts for the risk table, findings for people. */
public final class MigrationReview {

    /** The collector's name. */
    public static final String NAME = "migrations";

    /** Findings that are shown one by one; more are counted in the summary. */
    private static final int MOST_FINDINGS = 500;

    private static final int LONGEST_STATEMENT = 160;

    /**
     * @param files   the migrations that the release adds or changes, in the order in which they run
     * @param version of the server that they run on
     * @return facts: {@code migrationCount} (files, whole number), {@code migrationVerdict} (the gravest, or
     *     {@code NONE} without files), {@code pointOfNoReturn} (boolean), {@code migrationsBlocking} and
     *     {@code migrationsUnparsed} (statements, whole numbers)
     */
    public Collected of(List<ChangedFile> files, Dialect dialect, ServerVersion version) {
        var result = new Reviewer(dialect, version).review(files);
        var statements = result.statements();
        var verdict = statements.stream().map(ReviewedStatement::verdict).reduce(Verdict.SAFE, Verdict::or);
        var facts = new HashMap<String, Object>();
        facts.put("migrationCount", files.size());
        facts.put("migrationVerdict", files.isEmpty() ? "NONE" : verdict.name());
        facts.put("pointOfNoReturn", count(statements, Verdict.IRREVERSIBLE) > 0);
        facts.put("migrationsBlocking", count(statements, Verdict.BLOCKING));
        facts.put("migrationsUnparsed", count(statements, Verdict.UNPARSED));
        return new Collected(summary(files, result, facts), findings(result), facts);
    }

    private static int count(List<ReviewedStatement> statements, Verdict verdict) {
        return (int) statements.stream()
                .filter(statement -> statement.verdict() == verdict)
                .count();
    }

    private static String summary(List<ChangedFile> files, Reviewer.Result result, Map<String, Object> facts) {
        if (files.isEmpty()) {
            return "The release has no migrations.";
        }
        var statements = result.statements();
        var text = new StringBuilder("%d migration %s, %d %s."
                .formatted(
                        files.size(),
                        files.size() == 1 ? "file" : "files",
                        statements.size(),
                        statements.size() == 1 ? "statement" : "statements"));
        if ("SAFE".equals(facts.get("migrationVerdict"))) {
            text.append(" All can run while the old and the new version serve.");
        } else {
            text.append(
                    " %d destroy data, %d block or break the running version, %d ask something, %d could not be read."
                            .formatted(
                                    count(statements, Verdict.IRREVERSIBLE),
                                    count(statements, Verdict.BLOCKING),
                                    count(statements, Verdict.WARN),
                                    count(statements, Verdict.UNPARSED)));
        }
        if (!result.skipped().isEmpty()) {
            text.append(" Not run in a release: ")
                    .append(String.join("; ", result.skipped()))
                    .append('.');
        }
        return text.toString();
    }

    private static List<Finding> findings(Reviewer.Result result) {
        var findings = new ArrayList<Finding>();
        Set<String> told = new LinkedHashSet<>();
        for (var statement : result.statements()) {
            for (var finding : statement.findings()) {
                // A note that is the same for every statement is told once a file.
                var once = finding.verdict() != Verdict.SAFE || told.add(statement.file() + finding.rule());
                if (once && findings.size() < MOST_FINDINGS) {
                    findings.add(finding(statement, finding));
                }
            }
        }
        return findings;
    }

    private static Finding finding(ReviewedStatement statement, RuleFinding finding) {
        var severity = severity(finding.verdict());
        return new Finding(
                finding.rule(),
                severity,
                statement.file(),
                statement.line(),
                shortened(statement.statement()),
                finding.why() + " Lock: " + finding.lock() + ". Blocks: " + finding.blocks() + ".",
                question(finding),
                finding.alternative(),
                finding.link());
    }

    private static Severity severity(Verdict verdict) {
        return switch (verdict) {
            case SAFE -> Severity.NOTE;
            case WARN, UNPARSED -> Severity.ASK;
            case BLOCKING -> Severity.BLOCKING;
            case IRREVERSIBLE -> Severity.IRREVERSIBLE;
        };
    }

    private static String question(RuleFinding finding) {
        return switch (finding.verdict()) {
            case SAFE -> null;
            case UNPARSED -> "What does this statement lock, change and destroy? The review could not read it.";
            case WARN -> "Does the running version go on working, and is this short enough?";
            case BLOCKING -> "Why can it run under traffic all the same, or when will it run?";
            case IRREVERSIBLE -> "Is the data no longer needed by either version, and is there a backup?";
        };
    }

    private static String shortened(String statement) {
        var line = statement.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_STATEMENT ? line : line.substring(0, LONGEST_STATEMENT - 1) + "…";
    }
}
