package dev.slipway.prerelease.scope;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.CollectorBroke;
import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.Range;
import dev.slipway.prerelease.git.Revisions;
import dev.slipway.release.Release;
import org.eclipse.jgit.revwalk.RevWalk;

/** Where in its repository a release begins and ends. */
public final class PlacedRelease {

    private PlacedRelease() {}

    /** @return whether the service has a repository and the release says or implies a revision */
    public static boolean isPossible(Release release, ServiceDefinition definition) {
        return definition.repository() != null && to(release) != null;
    }

    /**
     * From the revision that the release names, else the version that serves now, else the tag before; to the revision
     * that it names, else its version.
     *
     * @param walk whose commits the range consists of
     * @throws CollectorBroke where a revision is not in the repository
     */
    public static Range in(GitRepository repository, Release release, RevWalk walk) {
        var revisions = new Revisions(repository, release.service());
        var to = to(release);
        var from = first(release.fromRevision(), release.servingVersion());
        return revisions.range(from == null ? tagBefore(repository, revisions, to, walk) : from, to, walk);
    }

    private static String tagBefore(GitRepository repository, Revisions revisions, String to, RevWalk walk) {
        var end = revisions.range(to, to, walk);
        return new ReleaseTags(repository)
                .before(end.to(), end.toName(), 2, walk).stream()
                        .filter(tag -> !tag.commit().equals(end.to()))
                        .findFirst()
                        .map(ReleaseTags.Tag::name)
                        .orElseThrow(() -> new CollectorBroke("No version in " + repository.name()
                                + " is known to serve, and no earlier one is tagged. Name the revision to compare with"
                                + " when the release is opened."));
    }

    private static String to(Release release) {
        return first(release.toRevision(), release.version());
    }

    private static String first(String one, String other) {
        return one != null && !one.isBlank() ? one : other != null && !other.isBlank() ? other : null;
    }
}
