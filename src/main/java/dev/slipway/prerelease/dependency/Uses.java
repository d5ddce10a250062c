package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.catalog.SafePattern;
import dev.slipway.prerelease.CollectorBroke;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;

/** Finds in a file what a rule looks for. */
final class Uses {

    /** A use may begin some lines above what was changed of it. */
    private static final int AROUND = 6;

    /** Go writes the major version of a module into its name, as in {@code github.com/stripe/stripe-go/v76}. */
    private static final String MAJOR_IN_PATH = "(?<=/[\\w.-]{1,100})/v\\d{1,3}$";

    private Uses() {}

    /** @return what the rule finds in the whole file */
    static List<Use> all(DependencyRule rule, SourceText source) {
        return find(rule, source, new LineRanges.Range(0, source.lines().size()));
    }

    /** @return what the rule finds in changed lines */
    static List<Use> in(DependencyRule rule, SourceText source, LineRanges changed) {
        var uses = new ArrayList<Use>();
        for (var window : changed.windows(AROUND, source.lines().size())) {
            find(rule, source, window).stream()
                    .filter(use -> use.touches(changed))
                    .forEach(uses::add);
        }
        return uses;
    }

    private static List<Use> find(DependencyRule rule, SourceText source, LineRanges.Range window) {
        try {
            return matches(rule, source, window);
        } catch (SafePattern.TooSlow e) {
            throw new CollectorBroke("The dependency rule " + rule.name() + " takes too long on " + source.path()
                    + ". Write a simpler pattern in the service file, or take the file out with except.");
        }
    }

    private static List<Use> matches(DependencyRule rule, SourceText source, LineRanges.Range window) {
        var uses = new ArrayList<Use>();
        var text = String.join("\n", source.lines().subList(window.from(), window.to()));
        if (!rule.mayBeIn(text)) {
            return uses;
        }
        var matcher = rule.pattern().in(text);
        var position = new Position(text, window.from());
        Map<String, String> references = null;
        while (matcher.find()) {
            var name = matcher.group("name");
            if (name == null || says(matcher, rule, "skip") != null || isIgnored(rule, name)) {
                continue;
            }
            var first = position.line(matcher.start());
            var line = position.line(matcher.start("name"));
            if (!isUnder(rule, source, line)) {
                continue;
            }
            if (references == null) {
                references = references(rule, source);
            }
            var group = says(matcher, rule, "group");
            uses.add(new Use(
                    rule,
                    group == null ? name.replaceFirst(MAJOR_IN_PATH, "") : group + ":" + name,
                    name.replaceFirst(MAJOR_IN_PATH, ""),
                    value(matcher, rule, references),
                    says(matcher, rule, "default") != null,
                    source.path(),
                    line,
                    first,
                    Math.max(line, position.line(lastCharacter(matcher)))));
        }
        return uses;
    }

    private static int lastCharacter(MatchResult match) {
        return Math.max(match.start(), match.end() - 1);
    }

    private static String says(Matcher matcher, DependencyRule rule, String group) {
        return rule.pattern().hasGroup(group) ? matcher.group(group) : null;
    }

    private static boolean isIgnored(DependencyRule rule, String name) {
        return rule.ignore() != null && rule.ignore().in(name).matches();
    }

    private static boolean isUnder(DependencyRule rule, SourceText source, int line) {
        return rule.under() == null || source.above(line).stream().anyMatch(rule.under()::isIn);
    }

    private static String value(Matcher matcher, DependencyRule rule, Map<String, String> references) {
        var value =
                says(matcher, rule, "version") != null ? says(matcher, rule, "version") : says(matcher, rule, "value");
        if (value == null) {
            return null;
        }
        var key = value.replaceFirst("^[$]\\{?([\\w.-]+)\\}?$", "$1");
        return references.getOrDefault(key, value).strip().replaceAll("\\s+", " ");
    }

    private static Map<String, String> references(DependencyRule rule, SourceText source) {
        var references = new HashMap<String, String>();
        if (rule.references() != null) {
            var matcher = rule.references().in(source.joined());
            while (matcher.find()) {
                references.putIfAbsent(matcher.group("key"), matcher.group("value"));
            }
        }
        return references;
    }

    /** Counts lines, forwards only: matches come in the order of the text. */
    private static final class Position {
        private final String text;
        private int line;
        private int at;

        private Position(String text, int firstLine) {
            this.text = text;
            this.line = firstLine;
        }

        private int line(int offset) {
            if (offset < at) {
                // The name stands before the end of its match, and a next match begins after it.
                return line
                        - (int) text.substring(offset, at)
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
            }
            for (; at < offset; at++) {
                line += text.charAt(at) == '\n' ? 1 : 0;
            }
            return line;
        }
    }
}
