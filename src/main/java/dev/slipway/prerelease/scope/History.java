package dev.slipway.prerelease.scope;

import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.TreeDiff;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** How large the earlier releases of a service were, the latest first. */
final class History {

    private static final int MOST = 20;

    /** So many are always measured: whether the size is known must not depend on how busy the machine is. */
    private static final int ALWAYS = 5;

    /** A repository with huge releases must not keep people waiting: fewer releases are compared with then. */
    private static final long ENOUGH_NANOS = Duration.ofSeconds(10).toNanos();

    private final GitRepository repository;

    History(GitRepository repository) {
        this.repository = repository;
    }

    /** @param name how {@code commit} was named */
    List<Batch.Size> before(RevCommit commit, String name, RevWalk walk) {
        var tags = new ReleaseTags(repository).before(commit, name, MOST + 1, walk);
        var sizes = new ArrayList<Batch.Size>();
        var begin = System.nanoTime();
        for (int i = 0; i + 1 < tags.size(); i++) {
            if (sizes.size() >= ALWAYS && System.nanoTime() - begin > ENOUGH_NANOS) {
                break;
            }
            var later = tags.get(i).commit();
            var earlier = tags.get(i + 1).commit();
            if (isAncestor(earlier, later, walk)) {
                sizes.add(new Batch.Size(
                        commits(earlier, later, walk), new TreeDiff(repository).changedLines(earlier, later)));
            }
        }
        return sizes;
    }

    /** Two lines of releases, such as 1.x and 2.x, are not measured across. */
    private boolean isAncestor(RevCommit earlier, RevCommit later, RevWalk walk) {
        try {
            return walk.isMergedInto(earlier, later);
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private int commits(RevCommit from, RevCommit to, RevWalk walk) {
        try {
            walk.reset();
            walk.markStart(to);
            walk.markUninteresting(from);
            var changes = 0;
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                changes += commit.getParentCount() > 1 ? 0 : 1;
            }
            return changes;
        } catch (IOException e) {
            throw repository.unreadable(e);
        } finally {
            walk.reset();
        }
    }
}
