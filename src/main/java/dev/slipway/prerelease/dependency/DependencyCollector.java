package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Collector;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.prerelease.scope.PlacedRelease;
import dev.slipway.release.Release;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/** Reads from Git what a release needs outside of itself (PRE-2). */
@Component
class DependencyCollector implements Collector {

    private final RepositoryAccess access;

    DependencyCollector(RepositoryAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "dependencies";
    }

    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return PlacedRelease.isPossible(release, definition);
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        try (var repository = access.open(definition.repository());
                var walk = new RevWalk(repository.jgit())) {
            var range = PlacedRelease.in(repository, release, walk);
            var rules = RuleBook.of(definition.repository());
            return DependencyFindings.of(new DependencyFinder(repository, rules).find(range));
        }
    }
}
