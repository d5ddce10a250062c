package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.Revisions;
import dev.slipway.prerelease.git.TestRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.revwalk.RevWalk;

/** Two versions of some files in a new repository, and what is found between them. */
final class Searched {

    private Searched() {}

    static FoundDependencies between(
            Path directory, Map<String, String> before, Map<String, String> after, List<DependencyRule> own) {
        try (var test = new TestRepository(directory.resolve("repository.git"))) {
            before.forEach(test::file);
            test.commit("before");
            test.tag("before");
            before.keySet().stream().filter(path -> !after.containsKey(path)).forEach(test::without);
            after.forEach(test::file);
            test.commit("after");
            test.tag("after");
        }
        var access = new RepositoryAccess(directory.resolve("cache"), Duration.ofSeconds(10), Map.of());
        try (var repository = access.local(directory.resolve("repository.git").toString());
                var walk = new RevWalk(repository.jgit())) {
            var range = new Revisions(repository, null).range("before", "after", walk);
            return new DependencyFinder(repository, RuleBook.with(own)).find(range);
        }
    }
}
