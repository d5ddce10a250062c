package dev.slipway.prerelease.dependency;

import java.util.Map;
import java.util.Set;

/** Turns what was found into sentences. */
final class Wording {

    /** Names that many files have: people need the folder too. */
    private static final Set<String> COMMON = Set.of("migration.sql", "up.sql", "down.sql");

    private final RuleBook rules;

    Wording(RuleBook rules) {
        this.rules = rules;
    }

    /**
     * @param old   the name before; null where it has the same
     * @param value what it is now; null where nothing is known about it
     * @param before what it was before; null where nothing is known about it
     * @param more  what else is to be said, in brackets; may be empty
     */
    Dependency dependency(Use use, Change change, String old, String before, String value, String more) {
        var rule = use.rule();
        var isFile = rule.pattern() == null;
        var name = isFile ? fileName(use.name()) : use.name();
        var words = Map.of(
                "name", name,
                "verb", rules.verb(rule),
                "old", old == null ? "" : isFile ? fileName(old) : old,
                "value", value == null ? "" : value,
                "before", before == null ? "" : before);
        var subject = filled(rule.subject() == null ? "{name}" : rule.subject(), words) + service(use);
        var what = filled(rules.text(rule.kind(), change, "what").replace("{subject}", subject), words);
        var gone = change == Change.REMOVED;
        return new Dependency(
                rule.kind(),
                use.name(),
                change,
                use.path(),
                isFile ? null : use.line() + 1,
                what + more + ".",
                filled(gone || rule.why() == null ? rules.text(rule.kind(), change, "why") : rule.why(), words),
                filled(
                        gone || rule.question() == null ? rules.text(rule.kind(), change, "question") : rule.question(),
                        words));
    }

    private String service(Use use) {
        return use.rule().onlyKnown()
                ? rules.serviceBehind(use.name())
                        .map(service -> " (" + service + ")")
                        .orElse("")
                : "";
    }

    static String fileName(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        if (!COMMON.contains(name)) {
            return name;
        }
        var folder = path.substring(0, Math.max(0, path.length() - name.length() - 1));
        return folder.substring(folder.lastIndexOf('/') + 1) + "/" + name;
    }

    /** Names come from the repository: what is put in is not looked at again. */
    static String filled(String text, Map<String, String> words) {
        var filled = new StringBuilder();
        var at = 0;
        while (at < text.length()) {
            var open = text.indexOf('{', at);
            var close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                break;
            }
            var word = words.get(text.substring(open + 1, close));
            filled.append(text, at, open).append(word == null ? text.substring(open, close + 1) : word);
            at = close + 1;
        }
        return filled.append(text.substring(at)).toString();
    }
}
