package dev.slipway.prerelease.scope;

import dev.slipway.prerelease.git.FileChange;
import dev.slipway.prerelease.git.GitRepository;
import dev.slipway.prerelease.git.Range;
import dev.slipway.prerelease.git.TreeDiff;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Reads what a range of commits holds. */
public final class ScopeReader {

    private static final int LARGEST_MAILMAP = 200_000;

    private final GitRepository repository;
    private final Tickets tickets;

    /** @param ticketPattern the service's regular expression for ticket keys; null for the usual ones */
    public ScopeReader(GitRepository repository, String ticketPattern) {
        this.repository = repository;
        this.tickets = new Tickets(ticketPattern);
    }

    /**
     * @param walk that the range was found with
     * @throws dev.slipway.prerelease.CollectorBroke where the history can't be read
     */
    public Scope scope(Range range, RevWalk walk) {
        try {
            var people = new People(new Mailmap(mailmap(range.to())));
            var commits = commits(range, people, walk);
            var sizes = new Sizes();
            new TreeDiff(repository).forEach(range.start(), range.to(), sizes::add);
            var missing = range.direction() == Range.Direction.PARTED
                    ? between(range.to(), range.from(), walk).size()
                    : 0;
            var own = new Batch.Size(
                    (int) commits.stream().filter(commit -> !commit.merge()).count(), sizes.added + sizes.deleted);
            return new Scope(
                    range,
                    commits,
                    people.byCommits(),
                    pullRequests(commits),
                    tickets(commits),
                    sizes.files,
                    sizes.binary,
                    sizes.large,
                    sizes.added,
                    sizes.deleted,
                    missing,
                    Batch.of(own, new History(repository).before(range.start(), range.fromName(), walk)));
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private List<ScopeCommit> commits(Range range, People people, RevWalk walk) throws IOException {
        var back = range.direction() == Range.Direction.BACK;
        var found = back ? between(range.to(), range.from(), walk) : between(range.from(), range.to(), walk);
        Collections.reverse(found);
        var reverts = new Reverts();
        var commits = new ArrayList<ScopeCommit>();
        for (var commit : found) {
            walk.parseBody(commit);
            var message = new Message(commit.getFullMessage());
            reverts.read(commit.name(), message.text());
            commits.add(commit(commit, message, people));
            commit.disposeBody();
        }
        Collections.reverse(commits);
        return commits.stream()
                .map(commit -> reverts.isCancelled(commit.id()) ? commit.asCancelled() : commit)
                .toList();
    }

    private ScopeCommit commit(RevCommit commit, Message message, People people) {
        var author = commit.getAuthorIdent();
        var name = people.name(author.getName(), author.getEmailAddress());
        var merge = commit.getParentCount() > 1;
        if (!merge) {
            people.count(name);
            message.coAuthors((other, email) -> people.count(people.name(other, email)));
        }
        var stated = message.stated();
        var pullRequests = message.pullRequests();
        return new ScopeCommit(
                commit.name(),
                message.subject(),
                name,
                author.getWhenAsInstant(),
                merge,
                stated == null ? message.guessed() : stated,
                stated == null,
                message.breaking(),
                pullRequests,
                tickets.in(message.text(), pullRequests),
                false);
    }

    /** @return commits of {@code to} that {@code from} has not, the latest first */
    private static List<RevCommit> between(RevCommit from, RevCommit to, RevWalk walk) throws IOException {
        var commits = new ArrayList<RevCommit>();
        try {
            walk.reset();
            walk.sort(RevSort.TOPO);
            walk.markStart(to);
            walk.markUninteresting(from);
            for (var commit = walk.next(); commit != null; commit = walk.next()) {
                commits.add(commit);
            }
            return commits;
        } finally {
            walk.reset();
            walk.sort(RevSort.NONE);
        }
    }

    private String mailmap(RevCommit commit) throws IOException {
        try (var walk = TreeWalk.forPath(repository.jgit(), ".mailmap", commit.getTree())) {
            if (walk == null || walk.getFileMode(0).getObjectType() != org.eclipse.jgit.lib.Constants.OBJ_BLOB) {
                return "";
            }
            var loader = walk.getObjectReader().open(walk.getObjectId(0));
            return loader.getSize() > LARGEST_MAILMAP
                    ? ""
                    : new String(loader.getCachedBytes(LARGEST_MAILMAP), StandardCharsets.UTF_8);
        }
    }

    private static List<Integer> pullRequests(List<ScopeCommit> commits) {
        var numbers = new TreeSet<Integer>();
        commits.forEach(commit -> numbers.addAll(commit.pullRequests()));
        return List.copyOf(numbers);
    }

    private static List<String> tickets(List<ScopeCommit> commits) {
        var keys = new LinkedHashSet<String>();
        for (int i = commits.size() - 1; i >= 0; i--) {
            keys.addAll(commits.get(i).tickets());
        }
        return List.copyOf(keys);
    }

    private static final class People {

        private final Mailmap mailmap;
        private final Map<String, Integer> commits = new LinkedHashMap<>();

        private People(Mailmap mailmap) {
            this.mailmap = mailmap;
        }

        private String name(String name, String email) {
            return mailmap.name(name, email);
        }

        private void count(String name) {
            commits.merge(name, 1, Integer::sum);
        }

        private List<String> byCommits() {
            return commits.entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                            .thenComparing(Map.Entry.comparingByKey()))
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private static final class Sizes {
        private int files;
        private int binary;
        private long added;
        private long deleted;
        private final List<String> large = new ArrayList<>();

        private void add(FileChange change) {
            files++;
            added += change.added();
            deleted += change.deleted();
            if (change.content() == FileChange.Content.BINARY) {
                binary++;
            } else if (change.content() == FileChange.Content.TOO_LARGE) {
                large.add(change.path());
            }
        }
    }
}
