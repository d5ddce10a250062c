package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.git.FileChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gathers, file by file, which uses came and which went. */
final class ChangedUses {

    /**
     * @param use  where
     * @param edit the number of the edit in its file; -1 where the file was compared as a whole
     */
    record Placed(Use use, int edit) {}

    private final RuleBook rules;
    private final Wording wording;
    private final Libraries libraries;
    private final List<Placed> added = new ArrayList<>();
    private final List<Placed> removed = new ArrayList<>();
    private final List<Dependency> changed = new ArrayList<>();

    ChangedUses(RuleBook rules, Wording wording, Libraries libraries) {
        this.rules = rules;
        this.wording = wording;
        this.libraries = libraries;
    }

    List<Placed> added() {
        return added;
    }

    List<Placed> removed() {
        return removed;
    }

    /** @return dependencies of which only the value changed */
    List<Dependency> changed() {
        return changed;
    }

    void read(FileChange change) {
        var before = Side.of(change.oldPath(), change.oldText(), LineRanges.before(change.edits()), rules);
        var after = Side.of(change.newPath(), change.newText(), LineRanges.after(change.edits()), rules);
        var applicable = new ArrayList<>(after.rules());
        before.rules().stream().filter(rule -> !applicable.contains(rule)).forEach(applicable::add);
        for (var rule : applicable) {
            if (rule.whole()) {
                compare(rule, before.all(rule), after.all(rule));
            } else {
                readLines(rule, before, after);
            }
        }
    }

    private void readLines(DependencyRule rule, Side before, Side after) {
        var gone = before.changed(rule);
        var come = after.changed(rule);
        gone.forEach(use -> removed.add(new Placed(use, before.edit(use))));
        come.forEach(use -> added.add(new Placed(use, after.edit(use))));
        for (var use : come) {
            gone.stream()
                    .filter(old -> old.name().equals(use.name()) && isOtherValue(old, use))
                    .findFirst()
                    .ifPresent(old ->
                            changed.add(wording.dependency(use, Change.CHANGED, null, old.value(), use.value(), "")));
        }
    }

    private static boolean isOtherValue(Use before, Use after) {
        return before.value() != null && after.value() != null && !Objects.equals(before.value(), after.value());
    }

    private void compare(DependencyRule rule, List<Use> before, List<Use> after) {
        var old = byName(before);
        var now = byName(after);
        now.forEach((name, use) -> {
            var was = old.get(name);
            if (was == null) {
                come(use);
            } else if (isOtherValue(was, use)) {
                changed(rule, was, use);
            }
        });
        old.forEach((name, use) -> {
            if (!now.containsKey(name)) {
                gone(use);
            }
        });
    }

    private void come(Use use) {
        if (counts(use)) {
            added.add(new Placed(use, -1));
        } else {
            libraries.come(use);
        }
    }

    private void gone(Use use) {
        if (counts(use)) {
            removed.add(new Placed(use, -1));
        } else {
            libraries.gone(use);
        }
    }

    private void changed(DependencyRule rule, Use was, Use use) {
        if (rule.pattern().hasGroup("version") && !Versions.differMuch(was.value(), use.value())) {
            return;
        }
        if (counts(use)) {
            changed.add(wording.dependency(use, Change.CHANGED, null, was.value(), use.value(), ""));
        } else {
            libraries.changed(was, use);
        }
    }

    private boolean counts(Use use) {
        return !use.rule().onlyKnown() || rules.serviceBehind(use.name()).isPresent();
    }

    private static Map<String, Use> byName(List<Use> uses) {
        var byName = new LinkedHashMap<String, Use>();
        uses.forEach(use -> byName.putIfAbsent(use.name(), use));
        return byName;
    }

    /**
     * One version of the file.
     *
     * @param book    all rules
     * @param rules   those with a pattern that apply to it
     * @param source  null where the file is not there
     * @param changed lines that the other version has not
     */
    private record Side(RuleBook book, List<DependencyRule> rules, SourceText source, LineRanges changed) {

        private static Side of(String path, org.eclipse.jgit.diff.RawText text, LineRanges changed, RuleBook rules) {
            if (path == null || text == null) {
                return new Side(rules, List.of(), null, changed);
            }
            var applicable = rules.rulesFor(path).stream()
                    .filter(rule -> rule.pattern() != null)
                    .toList();
            return new Side(
                    rules,
                    applicable,
                    applicable.isEmpty() ? null : SourceText.of(path, text.getRawContent()),
                    changed);
        }

        private boolean isFor(DependencyRule rule) {
            return rules.contains(rule)
                    && rule.mayBeIn(source.joined())
                    && (rule.when() == null || rule.when().isIn(source.joined()));
        }

        private List<Use> all(DependencyRule rule) {
            return isFor(rule) ? saying(Uses.all(rule, source)) : List.of();
        }

        private List<Use> changed(DependencyRule rule) {
            return !changed.isEmpty() && isFor(rule) ? saying(Uses.in(rule, source, changed)) : List.of();
        }

        private List<Use> saying(List<Use> uses) {
            return uses.stream().filter(use -> !book.saysNothing(use)).toList();
        }

        private int edit(Use use) {
            return changed.edit(use.firstLine(), use.lastLine());
        }
    }
}
