package dev.slipway.prerelease.scope;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads a commit's message: its type as of Conventional Commits, or the first word where it has none. */
final class Message {

    private static final int LONGEST = 20_000;
    private static final int LONGEST_SUBJECT = 300;

    private static final Pattern CONVENTIONAL =
            Pattern.compile("^(?<type>[A-Za-z]{2,20})(?:\\([^()]{1,80}\\))?(?<breaks>!)?:\\s+(?<text>\\S.*)$");
    private static final Pattern BREAKING =
            Pattern.compile("^BREAKING[ -]CHANGE:[ \\t]*(?<text>.*)$", Pattern.MULTILINE);
    private static final Pattern CO_AUTHOR = Pattern.compile(
            "^co-authored-by:[ \\t]*(?<name>[^<\\n]{1,100})<(?<email>[^>\\n]{1,200})>",
            Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /** GitHub's and Bitbucket's merges, GitHub's squashes, GitLab's merges: each with its number. */
    private static final List<Pattern> PULL_REQUESTS = List.of(
            Pattern.compile("^Merge pull request #(\\d{1,8})\\b", Pattern.MULTILINE),
            Pattern.compile("^See merge request [\\w./-]{0,200}!(\\d{1,8})\\b", Pattern.MULTILINE),
            Pattern.compile("^Merged in \\S{1,200} \\(pull request #(\\d{1,8})\\)", Pattern.MULTILINE),
            Pattern.compile("^Merged PR (\\d{1,8}):", Pattern.MULTILINE),
            Pattern.compile("\\A[^\\n]{0,500}\\(#(\\d{1,8})\\)[ \\t]*$", Pattern.MULTILINE));

    private static final Map<String, CommitKind> TYPES = Map.ofEntries(
            Map.entry("feat", CommitKind.FEATURE),
            Map.entry("feature", CommitKind.FEATURE),
            Map.entry("fix", CommitKind.FIX),
            Map.entry("bugfix", CommitKind.FIX),
            Map.entry("hotfix", CommitKind.FIX),
            Map.entry("perf", CommitKind.FIX),
            Map.entry("revert", CommitKind.FIX),
            Map.entry("security", CommitKind.FIX),
            Map.entry("build", CommitKind.INFRASTRUCTURE),
            Map.entry("ci", CommitKind.INFRASTRUCTURE),
            Map.entry("chore", CommitKind.INFRASTRUCTURE),
            Map.entry("docs", CommitKind.INFRASTRUCTURE),
            Map.entry("doc", CommitKind.INFRASTRUCTURE),
            Map.entry("test", CommitKind.INFRASTRUCTURE),
            Map.entry("tests", CommitKind.INFRASTRUCTURE),
            Map.entry("refactor", CommitKind.INFRASTRUCTURE),
            Map.entry("style", CommitKind.INFRASTRUCTURE),
            Map.entry("deps", CommitKind.INFRASTRUCTURE),
            Map.entry("infra", CommitKind.INFRASTRUCTURE),
            Map.entry("ops", CommitKind.INFRASTRUCTURE),
            Map.entry("release", CommitKind.INFRASTRUCTURE));

    private static final Set<String> FEATURE_WORDS = Set.of(
            "add",
            "adds",
            "added",
            "adding",
            "implement",
            "implements",
            "implemented",
            "introduce",
            "introduces",
            "introduced",
            "support",
            "supports",
            "allow",
            "allows",
            "enable",
            "enables",
            "create",
            "creates",
            "new");
    private static final Set<String> FIX_WORDS = Set.of(
            "fix",
            "fixes",
            "fixed",
            "fixing",
            "correct",
            "corrects",
            "corrected",
            "repair",
            "repairs",
            "resolve",
            "resolves",
            "resolved",
            "prevent",
            "prevents",
            "avoid",
            "avoids",
            "revert",
            "reverts",
            "handle",
            "handles",
            "bugfix",
            "hotfix");
    private static final Set<String> INFRASTRUCTURE_WORDS = Set.of(
            "bump",
            "bumps",
            "upgrade",
            "upgrades",
            "upgraded",
            "refactor",
            "refactors",
            "refactored",
            "rename",
            "renames",
            "renamed",
            "move",
            "moves",
            "moved",
            "clean",
            "cleanup",
            "format",
            "lint",
            "document",
            "documents",
            "prepare",
            "release",
            "test",
            "tests",
            "doc",
            "docs",
            "ci",
            "build",
            "chore",
            "reformat",
            "simplify",
            "polish",
            "typo");

    /** What trackers and people put before the first word. */
    private static final Pattern PREFIX = Pattern.compile(
            "^(?:\\[[^\\]]{1,60}\\]|\\([^)]{1,60}\\)|[A-Z][A-Z0-9]{1,9}-\\d{1,7}|#\\d{1,8}|:[a-z0-9_]{1,40}:|[^\\p{L}\\p{N}])[\\s:,-]*");

    private final String text;
    private final String subject;

    Message(String text) {
        this.text = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        var first = this.text.lines().findFirst().orElse("").strip();
        this.subject = first.length() > LONGEST_SUBJECT ? first.substring(0, LONGEST_SUBJECT) + "…" : first;
    }

    String subject() {
        return subject;
    }

    String text() {
        return text;
    }

    /** @return the kind that a conventional type states; null where there is no such type */
    CommitKind stated() {
        var matcher = CONVENTIONAL.matcher(subject);
        return matcher.matches() ? TYPES.get(matcher.group("type").toLowerCase(Locale.ROOT)) : null;
    }

    /** @return the kind that the first word suggests */
    CommitKind guessed() {
        var matcher = CONVENTIONAL.matcher(subject);
        var rest = matcher.matches() ? matcher.group("text") : subject;
        for (int i = 0; i < 5; i++) {
            rest = PREFIX.matcher(rest).replaceFirst("");
        }
        var word = rest.split("[^\\p{L}]", 2)[0].toLowerCase(Locale.ROOT);
        if (FEATURE_WORDS.contains(word)) {
            return CommitKind.FEATURE;
        }
        if (FIX_WORDS.contains(word)) {
            return CommitKind.FIX;
        }
        return INFRASTRUCTURE_WORDS.contains(word) ? CommitKind.INFRASTRUCTURE : CommitKind.OTHER;
    }

    /** @return null where nothing is said to break */
    String breaking() {
        var footer = BREAKING.matcher(text);
        if (footer.find()) {
            var said = footer.group("text").strip();
            return said.isEmpty() ? subject : said;
        }
        var matcher = CONVENTIONAL.matcher(subject);
        return matcher.matches() && matcher.group("breaks") != null ? matcher.group("text") : null;
    }

    List<Integer> pullRequests() {
        var numbers = new LinkedHashSet<Integer>();
        for (var pattern : PULL_REQUESTS) {
            var matcher = pattern.matcher(text);
            while (matcher.find()) {
                numbers.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return List.copyOf(numbers);
    }

    /** @param visitor of name and e-mail of each */
    void coAuthors(java.util.function.BiConsumer<String, String> visitor) {
        var matcher = CO_AUTHOR.matcher(text);
        while (matcher.find()) {
            visitor.accept(matcher.group("name").strip(), matcher.group("email").strip());
        }
    }
}
