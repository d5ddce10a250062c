package dev.slipway.prerelease.git;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;

/**
 * Opens the repositories that service definitions name. What is on this machine is read where it is; anything else is
 * copied into a cache without a work tree, and fetched anew. Nothing in a repository is ever run.
 */
public final class RepositoryAccess {

    private final Secrets secrets;
    private final Mirrors mirrors;

    /**
     * @param cache       the directory of the copies; made when first needed
     * @param timeout     how long one fetch may take
     * @param environment where {@code SLIPWAY_GIT_USERNAME} and {@code SLIPWAY_GIT_TOKEN} are looked up, the latter also
     *                    with {@code _} and a host in capitals, such as {@code SLIPWAY_GIT_TOKEN_GIT_EXAMPLE_COM}
     */
    public RepositoryAccess(Path cache, Duration timeout, Map<String, String> environment) {
        NoSystemSettings.enforce();
        this.secrets = new Secrets(environment);
        this.mirrors = new Mirrors(cache, timeout, secrets);
    }

    /**
     * @return what the caller closes
     * @throws CollectorBroke where there is no such repository, it can't be read, or it can't be reached
     */
    public GitRepository open(ServiceDefinition.Repository where) {
        return where.path() != null ? local(where.path()) : remote(where.url());
    }

    /** As {@link #open}, for a directory on this machine: a repository with a work tree or without. */
    public GitRepository local(String path) {
        var name = secrets.redacted(path);
        try {
            var directory = Path.of(path);
            if (!Files.isDirectory(directory)) {
                throw new CollectorBroke(
                        "There is no directory " + name
                                + " to read a repository from. Correct repository.path, or make the repository readable there.");
            }
            return new GitRepository(name, at(directory));
        } catch (InvalidPathException | IOException e) {
            throw new CollectorBroke("There is no Git repository in " + name
                    + ": it holds neither a .git nor a bare repository. Correct repository.path.");
        }
    }

    private static Repository at(Path directory) throws IOException {
        var builder = new FileRepositoryBuilder().setMustExist(true);
        if (Files.exists(directory.resolve(".git"))) {
            builder.setWorkTree(directory.toFile());
        } else {
            builder.setGitDir(directory.toFile()).setBare();
        }
        return builder.build();
    }

    private GitRepository remote(String url) {
        var copy = mirrors.fetched(url);
        try {
            return new GitRepository(secrets.redacted(url), at(copy));
        } catch (IOException e) {
            throw new CollectorBroke("The copy of " + secrets.redacted(url) + " in the cache can't be read ("
                    + e.getClass().getSimpleName() + "). Remove that copy; it is made again.");
        }
    }
}
