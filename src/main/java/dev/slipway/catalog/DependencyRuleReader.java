package dev.slipway.catalog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.regex.PatternSyntaxException;

/** Reads rules for dependencies, Slipway's own and those of a service, which have the same shape. */
final class DependencyRuleReader {

    private static final List<String> KEYS = List.of(
            "name",
            "kind",
            "files",
            "except",
            "words",
            "pattern",
            "under",
            "when",
            "ignore",
            "references",
            "whole",
            "onlyKnown",
            "edits",
            "subject",
            "verb",
            "why",
            "question");

    private static final int LONGEST_PATTERN = 2_000;

    private DependencyRuleReader() {}

    static List<DependencyRule> rules(Place at) {
        var lines = new HashMap<String, Integer>();
        var rules = new ArrayList<DependencyRule>();
        for (var item : at.items()) {
            item.allow(KEYS);
            if (!item.isMapping()) {
                continue;
            }
            var rule = rule(item);
            var name = item.at("name");
            var first = rule.name() == null ? null : lines.putIfAbsent(rule.name(), name.line());
            if (first != null) {
                name.object(rule.name() + " is the name of another rule, in line " + first + ".");
            }
            rules.add(rule);
        }
        return rules;
    }

    private static DependencyRule rule(Place at) {
        at.at("name").required("It is what a person calls the rule.");
        at.at("kind")
                .required("It is one of migration, environment-variable, queue-worker, scheduled-job, third-party,"
                        + " feature-flag.");
        at.at("files").required("It says in which files to look, such as [\"**/*.java\"].");
        var pattern = pattern(at.at("pattern"));
        var references = pattern(at.at("references"));
        if (pattern != null && !pattern.hasGroup("name")) {
            at.at("pattern").object("has no group (?<name>…), so that nobody could say what was found.");
        }
        if (references != null && !(references.hasGroup("key") && references.hasGroup("value"))) {
            at.at("references").object("has not the two groups (?<key>…) and (?<value>…).");
        }
        return new DependencyRule(
                at.at("name").text(),
                at.at("kind").choice(DependencyRule.Kind.class, null),
                globs(at.at("files")),
                globs(at.at("except")),
                words(at.at("words")),
                pattern,
                pattern(at.at("under")),
                pattern(at.at("when")),
                pattern(at.at("ignore")),
                references,
                at.at("whole").flag(),
                at.at("onlyKnown").flag(),
                at.at("edits").choice(DependencyRule.Edits.class, DependencyRule.Edits.FORBIDDEN),
                at.at("subject").raw(),
                at.at("verb").raw(),
                at.at("why").raw(),
                at.at("question").raw());
    }

    private static List<String> words(Place at) {
        return at.items().stream().map(Place::raw).filter(Objects::nonNull).toList();
    }

    private static List<Glob> globs(Place at) {
        return at.items().stream()
                .map(DependencyRuleReader::glob)
                .filter(Objects::nonNull)
                .toList();
    }

    /** @return null where there is none, or one that can't be understood */
    static Glob glob(Place at) {
        var text = at.text();
        if (text == null) {
            return null;
        }
        try {
            return Glob.of(text);
        } catch (IllegalArgumentException e) {
            at.object(e.getMessage());
            return null;
        }
    }

    /** @return null where there is none, or one that can't be understood */
    static SafePattern pattern(Place at) {
        var text = at.raw();
        if (text == null) {
            return null;
        }
        if (text.isBlank() || text.length() > LONGEST_PATTERN) {
            at.object("is not 1 to " + LONGEST_PATTERN + " characters long.");
            return null;
        }
        try {
            return SafePattern.of(text);
        } catch (PatternSyntaxException e) {
            at.object(text + " is not a regular expression: " + e.getDescription() + " at character "
                    + (e.getIndex() + 1) + ".");
            return null;
        }
    }
}
