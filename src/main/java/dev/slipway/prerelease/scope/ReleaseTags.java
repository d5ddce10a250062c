package dev.slipway.prerelease.scope;

import dev.slipway.prerelease.git.GitRepository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/** The tags of one service's releases, found by going back from a commit. */
final class ReleaseTags {

    /** A word before the number, as in {@code checkout-v1.4.2}, and a word behind it, as in {@code 1.5.0-rc1}. */
    private static final Pattern VERSION = Pattern.compile(
            "(?<prefix>(?:[A-Za-z@][\\w@.]*?[-/@_])*+)v?\\d+(?:\\.\\d+)*+(?<suffix>[-.+_]?[A-Za-z].{0,40}|-\\d+)?");

    private static final int MOST_COMMITS = 100_000;

    private final GitRepository repository;

    ReleaseTags(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * @param name   of the tag
     * @param commit that it stands on
     */
    record Tag(String name, RevCommit commit) {}

    /**
     * Tags of the same service, named alike: tags of another service in the same repository begin otherwise, and a
     * candidate for a release is none.
     *
     * @param like the name of a revision of this service
     * @param most how many
     * @return the nearest first, the commit's own among them
     */
    List<Tag> before(RevCommit commit, String like, int most, RevWalk walk) {
        try {
            var named = named(prefix(like));
            var found = new ArrayList<Tag>();
            walk.reset();
            walk.sort(RevSort.COMMIT_TIME_DESC);
            walk.markStart(walk.parseCommit(commit));
            var seen = 0;
            for (var one = walk.next(); one != null && found.size() < most && seen < MOST_COMMITS; one = walk.next()) {
                var name = named.get(one.getId());
                if (name != null) {
                    found.add(new Tag(name, one));
                }
                seen++;
            }
            return found;
        } catch (IOException e) {
            throw repository.unreadable(e);
        } finally {
            walk.reset();
            walk.sort(RevSort.NONE);
        }
    }

    /** @return what stands before the number; empty where the name is not that of a version */
    private static Optional<String> prefix(String name) {
        var matcher = VERSION.matcher(name);
        return matcher.matches() ? Optional.of(matcher.group("prefix")) : Optional.empty();
    }

    private Map<ObjectId, String> named(Optional<String> prefix) throws IOException {
        var names = new HashMap<ObjectId, String>();
        for (Ref ref : repository.jgit().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
            var name = ref.getName().substring(Constants.R_TAGS.length());
            var matcher = VERSION.matcher(name);
            if (matcher.matches()
                    && isRelease(matcher)
                    && prefix.map(matcher.group("prefix")::equals).orElse(true)) {
                names.put(commit(ref), name);
            }
        }
        return names;
    }

    private static boolean isRelease(Matcher version) {
        var suffix = version.group("suffix");
        return suffix == null
                || !suffix.matches(
                        "(?i)[-.+_]?(?:rc|m|alpha|beta|a|b|dev|pre|preview|snapshot|next|canary|nightly)[-.\\d]*.*");
    }

    private ObjectId commit(Ref ref) throws IOException {
        var peeled = ref.isPeeled() ? ref : repository.jgit().getRefDatabase().peel(ref);
        return peeled.getPeeledObjectId() == null ? peeled.getObjectId() : peeled.getPeeledObjectId();
    }
}
