package dev.slipway.command;

import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.dependency.Dependency;
import dev.slipway.prerelease.dependency.DependencyFindings;
import dev.slipway.prerelease.dependency.FoundDependencies;
import dev.slipway.prerelease.scope.CommitKind;
import dev.slipway.prerelease.scope.Scope;
import dev.slipway.prerelease.scope.ScopeCommit;
import dev.slipway.prerelease.scope.ScopeFindings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What {@code collect-scope} prints: for people in sections, for machines as plain values. */
final class ScopeReport {

    private static final int SHOWN = 30;

    private final Scope scope;
    private final FoundDependencies found;
    private final Collected onScope;
    private final Collected onDependencies;

    ScopeReport(Scope scope, FoundDependencies found) {
        this.scope = scope;
        this.found = found;
        this.onScope = ScopeFindings.of(scope);
        this.onDependencies = DependencyFindings.of(found);
    }

    /** @return whether somebody has something to answer */
    boolean asks() {
        return Stream.concat(onScope.findings().stream(), onDependencies.findings().stream())
                .anyMatch(finding -> finding.severity() != Finding.Severity.NOTE);
    }

    Map<String, Object> json() {
        var json = new LinkedHashMap<String, Object>();
        json.put("from", scope.range().from().name());
        json.put("to", scope.range().to().name());
        json.put("direction", scope.range().direction().name().toLowerCase(Locale.ROOT));
        json.put("commits", scope.commits().stream().map(ScopeReport::json).toList());
        json.put("authors", scope.authors());
        json.put("pullRequests", scope.pullRequests());
        json.put("tickets", scope.tickets());
        json.put("features", changes(CommitKind.FEATURE));
        json.put("fixes", changes(CommitKind.FIX));
        json.put("infrastructure", changes(CommitKind.INFRASTRUCTURE));
        json.put("other", changes(CommitKind.OTHER));
        json.put(
                "breaking", scope.breaking().stream().map(ScopeCommit::breaking).toList());
        json.put("files", scope.files());
        json.put("binaryFiles", scope.binaryFiles());
        json.put("linesAdded", scope.linesAdded());
        json.put("linesDeleted", scope.linesDeleted());
        json.put("batch", batch());
        json.put(
                "dependencies",
                found.dependencies().stream().map(ScopeReport::json).toList());
        json.put("notes", notes());
        json.put(
                "evidence",
                List.of(evidence("PRE-1", "scope", onScope), evidence("PRE-2", "dependencies", onDependencies)));
        return json;
    }

    private List<String> changes(CommitKind kind) {
        return scope.of(kind).stream().map(ScopeCommit::subject).toList();
    }

    private static Map<String, Object> json(ScopeCommit commit) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", commit.id());
        json.put("subject", commit.subject());
        json.put("author", commit.author());
        json.put("at", commit.at().toString());
        json.put("merge", commit.merge());
        json.put("kind", commit.kind().name().toLowerCase(Locale.ROOT));
        json.put("guessed", commit.guessed());
        json.put("breaking", commit.breaking() != null);
        json.put("cancelled", commit.cancelled());
        json.put("pullRequests", commit.pullRequests());
        json.put("tickets", commit.tickets());
        return json;
    }

    private Map<String, Object> batch() {
        var batch = scope.batch();
        var json = new LinkedHashMap<String, Object>();
        json.put("known", batch.known());
        json.put("commits", batch.commits());
        json.put("lines", batch.lines());
        json.put("usualCommits", batch.usualCommits());
        json.put("usualLines", batch.usualLines());
        json.put("ratio", batch.ratio());
        json.put("percentile", batch.percentile());
        json.put("releases", batch.releases());
        json.put("text", batch.inWords());
        return json;
    }

    private static Map<String, Object> json(Dependency one) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", one.kind().written());
        json.put("name", one.name());
        json.put("file", one.file());
        json.put("line", one.line());
        json.put("change", one.change().written());
        json.put("what", one.what());
        json.put("why", one.why());
        json.put("question", one.question());
        return json;
    }

    private List<String> notes() {
        return Stream.concat(onScope.findings().stream(), onDependencies.findings().stream())
                .filter(finding -> finding.severity() == Finding.Severity.NOTE)
                .map(Finding::what)
                .toList();
    }

    private static Map<String, Object> evidence(String requirement, String collector, Collected collected) {
        var json = new LinkedHashMap<String, Object>();
        json.put("requirement", requirement);
        json.put("collector", collector);
        json.put("summary", collected.summary());
        json.put("findings", collected.findings());
        json.put("facts", collected.facts());
        return json;
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("Scope (PRE-1)");
        lines.add("  " + onScope.summary());
        lines.add("  Authors: " + listed(scope.authors()));
        lines.add("  Pull requests: "
                + listed(scope.pullRequests().stream()
                        .map(number -> "#" + number)
                        .toList()));
        lines.add("  Tickets: " + listed(scope.tickets()));
        section("Features", CommitKind.FEATURE, lines);
        section("Fixes", CommitKind.FIX, lines);
        section("Infrastructure", CommitKind.INFRASTRUCTURE, lines);
        section("Other", CommitKind.OTHER, lines);
        lines.add("");
        lines.add("Dependencies (PRE-2)");
        lines.add("  " + onDependencies.summary());
        asked(onScope, "To answer about the scope", lines);
        asked(onDependencies, "To answer about dependencies", lines);
        if (!notes().isEmpty()) {
            lines.add("");
            lines.add("Good to know");
            notes().forEach(note -> lines.add("  " + note));
        }
        return String.join(System.lineSeparator(), lines) + System.lineSeparator();
    }

    private void section(String title, CommitKind kind, List<String> lines) {
        var commits = scope.of(kind);
        if (commits.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        commits.stream()
                .limit(SHOWN)
                .forEach(commit -> lines.add("  %s %s%s"
                        .formatted(
                                commit.id().substring(0, 10),
                                commit.subject(),
                                commit.guessed() ? " (kind guessed)" : "")));
        if (commits.size() > SHOWN) {
            lines.add("  and " + (commits.size() - SHOWN) + " more (--json lists all)");
        }
    }

    private static void asked(Collected collected, String title, List<String> lines) {
        var asked = collected.findings().stream()
                .filter(finding -> finding.severity() != Finding.Severity.NOTE)
                .toList();
        if (asked.isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(title);
        for (var finding : asked) {
            var place = finding.file() == null
                    ? finding.kind()
                    : finding.file() + (finding.line() == null ? "" : ":" + finding.line()) + ": " + finding.kind();
            lines.add("  " + place + ": " + finding.what());
            lines.add("    " + finding.why());
            lines.add("    " + finding.question());
        }
    }

    private static String listed(List<String> items) {
        if (items.isEmpty()) {
            return "none";
        }
        return String.join(", ", items.subList(0, Math.min(SHOWN, items.size())))
                + (items.size() > SHOWN ? " and " + (items.size() - SHOWN) + " more" : "");
    }
}
