package dev.slipway.prerelease.scope;

import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what a scope means to the people who confirm it. */
public final class ScopeFindings {

    private static final int SHOWN = 20;

    private ScopeFindings() {}

    /** @return summary, findings and the facts of collector {@code scope} */
    public static Collected of(Scope scope) {
        return new Collected(summary(scope), findings(scope), facts(scope));
    }

    private static Map<String, Object> facts(Scope scope) {
        return Map.of(
                "commitCount", scope.commits().size(),
                "changeCount", scope.changes(),
                "filesChanged", scope.files(),
                "linesChanged", (int) Math.min(Integer.MAX_VALUE, scope.linesChanged()),
                "batchRatio", scope.batch().ratio(),
                "batchKnown", scope.batch().known(),
                "breakingChanges", scope.breaking().size());
    }

    private static String summary(Scope scope) {
        return switch (scope.range().direction()) {
            case NOTHING ->
                "Nothing changes: %s and %s are the same commit, %s."
                        .formatted(scope.range().fromName(), scope.range().toName(), hash(scope));
            case BACK ->
                "It goes back from %s to %s and takes %s away. %s"
                        .formatted(
                                scope.range().fromName(),
                                scope.range().toName(),
                                count(scope.changes(), "change"),
                                size(scope));
            case FORWARD, PARTED ->
                "From %s to %s: %s (%s, %s, %s, %d other). %s %s"
                        .formatted(
                                scope.range().fromName(),
                                scope.range().toName(),
                                count(scope.changes(), "change"),
                                count(scope.of(CommitKind.FEATURE).size(), "feature"),
                                fixes(scope.of(CommitKind.FIX).size()),
                                scope.of(CommitKind.INFRASTRUCTURE).size() + " infrastructure",
                                scope.of(CommitKind.OTHER).size(),
                                size(scope),
                                scope.batch().inWords());
        };
    }

    private static String size(Scope scope) {
        return "%s, %d lines added, %d deleted."
                .formatted(count(scope.files(), "file"), scope.linesAdded(), scope.linesDeleted());
    }

    private static List<Finding> findings(Scope scope) {
        var findings = new ArrayList<Finding>();
        direction(scope, findings);
        breaking(scope, findings);
        var batch = scope.batch();
        if (batch.isLarge()) {
            findings.add(ask(
                    "large-batch",
                    batch.inWords(),
                    "The more a release changes, the longer it takes to find which change did harm.",
                    "Must all of it go out at once?"));
        }
        if (scope.cancelled() > 0) {
            findings.add(
                    note(
                            "reverted",
                            count(scope.cancelled(), "commit")
                                    + " cancel each other: changes that were reverted within this release, and their reverts."));
        }
        if (!scope.largeFiles().isEmpty()) {
            findings.add(note(
                    "large-file",
                    "Larger than 1 MB, so that their lines were not compared: "
                            + String.join(
                                    ", ",
                                    scope.largeFiles().stream().limit(SHOWN).toList())
                            + (scope.largeFiles().size() > SHOWN ? " …" : "") + "."));
        }
        return findings;
    }

    private static void direction(Scope scope, List<Finding> findings) {
        switch (scope.range().direction()) {
            case BACK ->
                findings.add(ask(
                        "goes-back",
                        "%s is older than %s, which it would replace: %s would be taken away."
                                .formatted(
                                        scope.range().toName(),
                                        scope.range().fromName(),
                                        count(scope.changes(), "change")),
                        "Users lose what they have, and data written by the newer version may not be understood.",
                        "Is it meant to go back?"));
            case PARTED ->
                findings.add(ask(
                        "parted",
                        "%s holds %s that %s does not hold; compared with where both parted, %s."
                                .formatted(
                                        scope.range().fromName(),
                                        count(scope.missing(), "commit"),
                                        scope.range().toName(),
                                        scope.range().base().abbreviate(10).name()),
                        "What was fixed only on the way that serves now, is lost with this release.",
                        "Are those commits in the release in another form, or not needed any more?"));
            case NOTHING -> findings.add(note("nothing", "There is nothing in this release."));
            case FORWARD -> {
                // As it should be.
            }
        }
    }

    private static void breaking(Scope scope, List<Finding> findings) {
        scope.breaking().stream()
                .limit(SHOWN)
                .map(commit -> ask(
                        "breaking-change",
                        "Commit %s breaks something: %s".formatted(commit.id().substring(0, 10), commit.breaking()),
                        "Whoever relies on what it was before, fails.",
                        "Does everybody who relies on it know and follow?"))
                .forEach(findings::add);
        if (scope.breaking().size() > SHOWN) {
            findings.add(note(
                    "breaking-change",
                    "and " + (scope.breaking().size() - SHOWN) + " more changes that break something."));
        }
    }

    private static String hash(Scope scope) {
        return scope.range().to().abbreviate(10).name();
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static String fixes(int number) {
        return number + (number == 1 ? " fix" : " fixes");
    }

    private static Finding ask(String kind, String what, String why, String question) {
        return new Finding(kind, Finding.Severity.ASK, null, null, what, why, question, null, null);
    }

    private static Finding note(String kind, String what) {
        return new Finding(kind, Finding.Severity.NOTE, null, null, what, null, null, null, null);
    }
}
