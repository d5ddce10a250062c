package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.git.FileChange;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.RawText;

/** Which changed files count as such, without any pattern: migrations above all. */
final class MigrationFiles {

    private final RuleBook rules;

    MigrationFiles(RuleBook rules) {
        this.rules = rules;
    }

    /**
     * @param rule   that found it
     * @param change what became of it; added lines of a file that grows are an addition
     * @param edited whether something that may have been released is otherwise now, or gone
     */
    record Found(DependencyRule rule, Change change, boolean edited) {}

    Optional<Found> found(FileChange change) {
        return rules.rulesFor(change.path()).stream()
                .filter(rule -> rule.pattern() == null && isWhen(rule, change))
                .findFirst()
                .map(rule -> found(rule, change));
    }

    private static boolean isWhen(DependencyRule rule, FileChange change) {
        if (rule.when() == null) {
            return true;
        }
        var text = change.newText() != null ? change.newText() : change.oldText();
        return text != null && rule.when().isIn(text(text));
    }

    static String text(RawText text) {
        return new String(text.getRawContent(), StandardCharsets.UTF_8);
    }

    private static Found found(DependencyRule rule, FileChange change) {
        // Flyway runs these again whenever they change, wherever a service keeps them.
        var repeatable = Wording.fileName(change.path()).startsWith("R__");
        var free = repeatable || rule.edits() == DependencyRule.Edits.FREE;
        return switch (change.type()) {
            case ADDED -> new Found(rule, Change.ADDED, false);
            case DELETED -> new Found(rule, Change.REMOVED, !free);
            case RENAMED -> new Found(rule, Change.RENAMED, !free);
            case MODIFIED -> {
                var grown = rule.edits() == DependencyRule.Edits.APPEND && change.deleted() == 0;
                yield new Found(rule, grown ? Change.ADDED : Change.CHANGED, !free && !grown);
            }
        };
    }
}
