package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.git.FileChange;
import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.Range;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.git.TreeDiff;
import dev.slipway.prerelease.scope.PlacedRelease;
import dev.slipway.release.Release;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/** The migrations that a release brings, and those that it changed though they may have run. */
@Component
public class ChangedMigrations {

    private final RepositoryAccess access;

    public ChangedMigrations(RepositoryAccess access) {
        this.access = access;
    }

    /** @return whether the service says where to look, and the release what for */
    public boolean isPossible(Release release, ServiceDefinition definition) {
        return PlacedRelease.isPossible(release, definition);
    }

    /**
     * Files of {@code repository.migrations} where the service names it, else of the layouts that the rules know.
     *
     * @return in the order in which they run
     * @throws dev.slipway.prerelease.CollectorBroke where repository or revisions can't be read
     */
    public List<MigrationFile> of(Release release, ServiceDefinition definition) {
        try (var repository = access.open(definition.repository());
                var walk = new RevWalk(repository.jgit())) {
            return of(repository, PlacedRelease.in(repository, release, walk), RuleBook.of(definition.repository()));
        }
    }

    static List<MigrationFile> of(GitRepository repository, Range range, RuleBook rules) {
        var files = new MigrationFiles(rules);
        var found = new ArrayList<MigrationFile>();
        new TreeDiff(repository).forEach(range.start(), range.to(), change -> {
            if (change.content() == FileChange.Content.TEXT && rules.pathKind(change.path()) == PathKind.PRODUCTION) {
                files.found(change)
                        .filter(file -> file.rule().kind() == DependencyRule.Kind.MIGRATION)
                        .ifPresent(file -> found.add(migration(change, file)));
            }
        });
        found.sort(MigrationOrder.BY_VERSION);
        return List.copyOf(found);
    }

    private static MigrationFile migration(FileChange change, MigrationFiles.Found file) {
        var deleted = change.type() == FileChange.Type.DELETED;
        return new MigrationFile(
                change.path(),
                MigrationFiles.text(deleted ? change.oldText() : change.newText()),
                file.edited(),
                deleted);
    }
}
