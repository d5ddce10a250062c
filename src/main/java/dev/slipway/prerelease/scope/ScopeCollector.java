package dev.slipway.prerelease.scope;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Collector;
import dev.slipway.prerelease.git.RepositoryAccess;
import dev.slipway.release.Release;
import org.eclipse.jgit.revwalk.RevWalk;
import org.springframework.stereotype.Component;

/** Reads from Git what is in a release (PRE-1). */
@Component
class ScopeCollector implements Collector {

    private final RepositoryAccess access;

    ScopeCollector(RepositoryAccess access) {
        this.access = access;
    }

    @Override
    public String name() {
        return "scope";
    }

    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return PlacedRelease.isPossible(release, definition);
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        var where = definition.repository();
        try (var repository = access.open(where);
                var walk = new RevWalk(repository.jgit())) {
            var range = PlacedRelease.in(repository, release, walk);
            return ScopeFindings.of(new ScopeReader(repository, where.tickets()).scope(range, walk));
        }
    }
}
