package dev.slipway.catalog;

import java.util.List;

/** The rules in a file of their own, in the same shape as those of a service. */
public final class DependencyRules {

    private DependencyRules() {}

    /**
     * @param file how a problem names it
     * @param text YAML with the rules under {@code rules}; other keys are not looked at
     * @throws IllegalArgumentException with file, line and reason of each problem
     */
    public static List<DependencyRule> read(String file, String text) {
        var problems = new Problems(file);
        var node = YamlText.read(text, problems);
        var rules = node == null
                ? List.<DependencyRule>of()
                : DependencyRuleReader.rules(Place.root(node, problems).at("rules"));
        if (!problems.list().isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    "\n", problems.list().stream().map(FileProblem::toString).toList()));
        }
        return rules;
    }
}
