package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.TreeDiff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Looks in a whole version for uses of certain names: what is used elsewhere already, is not new. */
final class TreeSearch {

    private static final long ENOUGH_NANOS = Duration.ofSeconds(15).toNanos();

    private final GitRepository repository;
    private final RuleBook rules;
    private boolean complete = true;

    TreeSearch(GitRepository repository, RuleBook rules) {
        this.repository = repository;
        this.rules = rules;
    }

    /** @return whether every search so far went through the whole version; a very large one takes too long */
    boolean isComplete() {
        return complete;
    }

    /** @return uses of the names in the version, at least one of each name and verb that is used there */
    List<Use> uses(Collection<Use> wanted, RevCommit commit) {
        if (wanted.isEmpty()) {
            return List.of();
        }
        var kinds = new HashSet<DependencyRule.Kind>();
        var names = new LinkedHashSet<String>();
        wanted.forEach(use -> {
            kinds.add(use.rule().kind());
            names.add(use.token());
        });
        try (var reader = repository.jgit().newObjectReader();
                var walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.addTree(commit.getTree());
            return uses(new Tokens(names), kinds, walk, reader);
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private List<Use> uses(Tokens tokens, Set<DependencyRule.Kind> kinds, TreeWalk walk, ObjectReader reader)
            throws IOException {
        var uses = new ArrayList<Use>();
        var end = System.nanoTime() + ENOUGH_NANOS;
        while (walk.next()) {
            if (System.nanoTime() > end) {
                complete = false;
                break;
            }
            var path = walk.getPathString();
            var mode = walk.getFileMode(0);
            if (!mode.equals(FileMode.REGULAR_FILE) && !mode.equals(FileMode.EXECUTABLE_FILE)) {
                continue;
            }
            var applicable = rules.rulesFor(path).stream()
                    .filter(rule -> kinds.contains(rule.kind()) && rule.pattern() != null)
                    .toList();
            if (applicable.isEmpty() || rules.pathKind(path) != PathKind.PRODUCTION) {
                continue;
            }
            var loader = reader.open(walk.getObjectId(0));
            if (loader.getSize() <= TreeDiff.LARGEST_TEXT) {
                uses.addAll(uses(tokens, applicable, path, loader.getCachedBytes(TreeDiff.LARGEST_TEXT)));
            }
        }
        return uses;
    }

    private static List<Use> uses(Tokens tokens, List<DependencyRule> applicable, String path, byte[] content) {
        var found = tokens.in(content);
        if (found.isEmpty()) {
            return List.of();
        }
        var uses = new ArrayList<Use>();
        var source = SourceText.of(path, content);
        for (var rule : applicable) {
            if (rule.mayBeIn(source.joined())
                    && (rule.when() == null || rule.when().isIn(source.joined()))) {
                Uses.all(rule, source).stream()
                        .filter(use -> found.contains(use.token()))
                        .forEach(uses::add);
            }
        }
        return uses;
    }
}
