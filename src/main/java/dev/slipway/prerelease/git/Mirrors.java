package dev.slipway.prerelease.git;

import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.transport.RefSpec;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.URIish;

/** Copies of repositories that are somewhere else, one directory an address. */
final class Mirrors {

    /** Several collectors look at one release within seconds, and need one fetch. */
    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private final Path cache;
    private final Duration timeout;
    private final Secrets secrets;
    private final Map<Path, ReentrantLock> locks = new ConcurrentHashMap<>();
    private final Map<Path, Long> fetched = new ConcurrentHashMap<>();

    Mirrors(Path cache, Duration timeout, Secrets secrets) {
        this.cache = cache;
        this.timeout = timeout;
        this.secrets = secrets;
    }

    /**
     * @return the directory of a copy that is at most seconds old
     * @throws CollectorBroke where the repository can't be reached or read
     */
    Path fetched(String url) {
        var address = address(url);
        var copy = cache.resolve(directory(url));
        var lock = locks.computeIfAbsent(copy, any -> new ReentrantLock());
        if (!acquired(lock)) {
            throw new CollectorBroke(secrets.redacted(url) + " is being fetched for another release for more than "
                    + timeout.toSeconds() + " s. Try again later.");
        }
        try {
            var last = fetched.get(copy);
            if (last == null || System.nanoTime() - last > FRESH_NANOS) {
                fetchLocked(url, address, copy);
                fetched.put(copy, System.nanoTime());
            }
            return copy;
        } finally {
            lock.unlock();
        }
    }

    private boolean acquired(ReentrantLock lock) {
        try {
            return lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Other programs may share the cache: the lock in the file system holds among them. */
    private void fetchLocked(String url, URIish address, Path copy) {
        try {
            Files.createDirectories(copy);
            var lockFile = cache.resolve(copy.getFileName() + ".lock");
            try (var channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.lock()) {
                if (lock.isValid()) {
                    fetch(url, address, copy);
                }
            }
        } catch (IOException e) {
            throw new CollectorBroke("The cache of repositories can't be written ("
                    + e.getClass().getSimpleName() + "). Make the directory that slipway.git.cache names writable.");
        }
    }

    private void fetch(String url, URIish address, Path copy) {
        var deadline = new Deadline(timeout);
        try (var git = Git.init().setBare(true).setGitDir(copy.toFile()).call()) {
            git.fetch()
                    .setRemote(address.toPrivateString())
                    .setRefSpecs(new RefSpec("+refs/heads/*:refs/heads/*"), new RefSpec("+refs/tags/*:refs/tags/*"))
                    .setTagOpt(TagOpt.NO_TAGS)
                    .setRemoveDeletedRefs(true)
                    .setCredentialsProvider(new HostCredentials(host(address), secrets))
                    .setTimeout((int) Math.max(1, timeout.toSeconds()))
                    .setProgressMonitor(deadline)
                    .call();
        } catch (GitAPIException | org.eclipse.jgit.api.errors.JGitInternalException e) {
            throw new CollectorBroke(why(url, address, e, deadline));
        }
    }

    /** The cause is not passed on: its text, and those of its own causes, may name the credentials. */
    private String why(String url, URIish address, Exception failure, Deadline deadline) {
        var name = secrets.redacted(url);
        if (deadline.isCancelled()) {
            return name + " was not fetched within " + timeout.toSeconds()
                    + " s. Try again, or give more time with slipway.git.timeout.";
        }
        var reason = secrets.redacted(innermost(failure).getMessage());
        if (reason.toLowerCase(java.util.Locale.ROOT).contains("auth")) {
            var host = host(address);
            return name + " asks for credentials or refuses those it gets. Set " + Secrets.USERNAME + " and "
                    + Secrets.TOKEN + " in Slipway's environment, or " + Secrets.TOKEN + "_"
                    + Secrets.inVariables(host) + " for this host.";
        }
        return name + " can't be fetched: " + reason + ". Correct repository.url, or try again when it can be reached.";
    }

    private static Throwable innermost(Throwable failure) {
        var deepest = failure;
        for (int i = 0; i < 10 && deepest.getCause() != null; i++) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private URIish address(String url) {
        try {
            var address = new URIish(url);
            var scheme = address.getScheme();
            if (scheme == null || scheme.equals("ssh")) {
                throw new CollectorBroke(secrets.redacted(url) + " is reached by SSH, which Slipway does not speak."
                        + " Give an https address in repository.url, or a local copy in repository.path.");
            }
            if (address.getPass() != null || (address.getUser() != null && scheme.startsWith("http"))) {
                throw new CollectorBroke("The address of " + secrets.redacted(url) + " holds credentials. Take them out"
                        + " of repository.url and set " + Secrets.USERNAME + " and " + Secrets.TOKEN
                        + " in Slipway's environment.");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new CollectorBroke(secrets.redacted(url) + " is no address of a repository. Correct repository.url.");
        }
    }

    private static String host(URIish address) {
        return address.getHost() == null ? "" : address.getHost();
    }

    /** A name for people, and a number that no two addresses share. */
    private static String directory(String url) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(url.getBytes(StandardCharsets.UTF_8));
            var name = url.replaceAll("/+$", "").replaceAll("^.*[/:]", "").replaceAll("[^A-Za-z0-9-]", "_");
            return (name.length() > 40 ? name.substring(0, 40) : name) + "-"
                    + HexFormat.of().formatHex(hash, 0, 8) + ".git";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java knows SHA-256", e);
        }
    }
}
