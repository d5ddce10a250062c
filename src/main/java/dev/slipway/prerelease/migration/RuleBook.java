package dev.slipway.prerelease.migration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The rules of a dialect, from {@code migration-rules/}. */
final class RuleBook {

    private final Map<String, Rule> rules;

    private RuleBook(Map<String, Rule> rules) {
        this.rules = rules;
    }

    static RuleBook of(Dialect dialect) {
        var name = "/migration-rules/" + dialect.word() + ".yaml";
        try (var file = RuleBook.class.getResourceAsStream(name)) {
            return new RuleBook(read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Rule> read(InputStream file) {
        Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
        var rules = new LinkedHashMap<String, Rule>();
        for (var entry : (List<?>) root.get("rules")) {
            var values = (Map<?, ?>) entry;
            var id = text(values, "rule");
            rules.put(
                    id,
                    new Rule(
                            id,
                            Verdict.valueOf(text(values, "verdict")),
                            text(values, "lock"),
                            text(values, "blocks"),
                            Boolean.parseBoolean(text(values, "reversible")),
                            text(values, "why"),
                            text(values, "alternative"),
                            text(root, "documentation") + text(values, "link")));
        }
        return rules;
    }

    private static String text(Map<?, ?> values, String key) {
        var value = values.get(key);
        if (value == null) {
            throw new IllegalStateException("A rule has no " + key + ": " + values);
        }
        return value.toString();
    }

    /** @throws IllegalStateException where the book has no such rule: the reader and the book do not fit */
    RuleFinding finding(Hit hit) {
        var rule = rules.get(hit.rule());
        if (rule == null) {
            throw new IllegalStateException("There is no rule " + hit.rule() + ".");
        }
        return rule.about(hit.words());
    }

    Map<String, Rule> rules() {
        return rules;
    }
}
