package dev.slipway.prerelease.git;

import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Repository;

/** A repository that is open for reading. */
public final class GitRepository implements AutoCloseable {

    private final String name;
    private final Repository repository;

    GitRepository(String name, Repository repository) {
        this.name = name;
        this.repository = repository;
    }

    /** @return its path or address, as people may read it */
    public String name() {
        return name;
    }

    public Repository jgit() {
        return repository;
    }

    /** @return whether it was cloned without its whole history */
    public boolean isShallow() {
        try {
            return !repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** @return what to throw where something in it can't be read */
    public CollectorBroke unreadable(IOException failure) {
        if (failure instanceof MissingObjectException missing) {
            return new CollectorBroke("The repository " + name + " lacks "
                    + missing.getObjectId().abbreviate(10).name()
                    + (isShallowNow()
                            ? ": it is a shallow clone. Fetch its history (git fetch --unshallow --tags; in a pipeline"
                                    + " fetch-depth: 0)."
                            : ": it is damaged or a partial clone. Clone it anew, with everything."));
        }
        return new CollectorBroke("The repository " + name + " can't be read ("
                + failure.getClass().getSimpleName() + "). Check it with git fsck.");
    }

    private boolean isShallowNow() {
        try {
            return !repository.getObjectDatabase().getShallowCommits().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
