package dev.slipway.prerelease.git;

import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.AmbiguousObjectException;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.RevisionSyntaxException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;

/** Finds the commits that people mean: by tag, branch, hash or version. */
public final class Revisions {

    private static final int SUGGESTIONS = 3;
    private static final int LONGEST = 200;

    private final GitRepository repository;
    private final String service;

    /** @param service whose versions are meant, where one repository holds several; may be null */
    public Revisions(GitRepository repository, String service) {
        this.repository = repository;
        this.service = service;
    }

    /**
     * @param walk whose commits the range consists of
     * @throws CollectorBroke where a revision is not there, or both have no history in common
     */
    public Range range(String from, String to, RevWalk walk) {
        checkNotEmpty();
        var first = found(from);
        var last = found(to);
        try {
            var start = walk.parseCommit(first.id());
            var end = walk.parseCommit(last.id());
            var base = base(start, end, walk);
            var direction = start.equals(end)
                    ? Range.Direction.NOTHING
                    : base.equals(start)
                            ? Range.Direction.FORWARD
                            : base.equals(end) ? Range.Direction.BACK : Range.Direction.PARTED;
            return new Range(start, end, base, direction, first.name(), last.name());
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    /** @return the forms that are tried for a revision, in this order */
    public List<String> forms(String revision) {
        var plain = revision.replaceFirst("^v(?=\\d)", "");
        Set<String> forms = new LinkedHashSet<>();
        forms.add(revision);
        forms.add(plain);
        forms.add("v" + plain);
        forms.add("release-" + plain);
        forms.add("release/" + plain);
        if (service != null) {
            for (var separator : List.of("-", "/", "@")) {
                forms.add(service + separator + plain);
                forms.add(service + separator + "v" + plain);
            }
        }
        return List.copyOf(forms);
    }

    /**
     * @param id   the commit
     * @param name how it was found, such as {@code v1.4.2}
     */
    record Found(ObjectId id, String name) {}

    private Found found(String revision) {
        if (revision.isBlank() || revision.length() > LONGEST || revision.startsWith("-")) {
            throw new CollectorBroke(
                    "“%s” is no revision. Give a tag, a branch, a commit or a version.".formatted(shortened(revision)));
        }
        for (var form : forms(revision)) {
            var found = resolved(form);
            if (found.isPresent()) {
                return new Found(found.get(), form);
            }
        }
        throw new CollectorBroke(missing(revision));
    }

    /** A tag comes before a branch and both before a hash: a version of digits could be the beginning of one. */
    private Optional<ObjectId> resolved(String form) {
        for (var prefix : List.of(Constants.R_TAGS, Constants.R_HEADS, "")) {
            try {
                var id = repository.jgit().resolve(prefix + form + "^{commit}");
                if (id != null) {
                    return Optional.of(id);
                }
            } catch (AmbiguousObjectException e) {
                throw new CollectorBroke("The revision " + form + " in " + repository.name()
                        + " is the beginning of several commits' hashes. Give more of it.");
            } catch (RevisionSyntaxException | IncorrectObjectTypeException e) {
                // Not a name in this form; the next may be one.
            } catch (IOException e) {
                throw repository.unreadable(e);
            }
        }
        return Optional.empty();
    }

    private String missing(String revision) {
        var near = nearest(revision);
        return "There is no revision " + revision + " in " + repository.name()
                + ". Looked for a tag, a branch or a commit "
                + String.join(", ", forms(revision)) + ". "
                + (near.isEmpty() ? "There are no tags. " : "The nearest tags are " + String.join(", ", near) + ". ")
                + (repository.isShallow()
                        ? "The repository is a shallow clone: fetch its history and tags (git fetch --unshallow --tags;"
                                + " in a pipeline fetch-depth: 0)."
                        : "Push the tag, or name the revision when the release is opened.");
    }

    private List<String> nearest(String revision) {
        var wanted = forms(revision);
        return tags().stream()
                .sorted(Comparator.comparingInt(tag -> wanted.stream()
                        .mapToInt(form -> Distance.between(form, tag))
                        .min()
                        .orElse(Integer.MAX_VALUE)))
                .limit(SUGGESTIONS)
                .toList();
    }

    private List<String> tags() {
        try {
            var names = new ArrayList<String>();
            for (Ref ref : repository.jgit().getRefDatabase().getRefsByPrefix(Constants.R_TAGS)) {
                names.add(ref.getName().substring(Constants.R_TAGS.length()));
            }
            return names;
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private void checkNotEmpty() {
        try {
            if (repository.jgit().getRefDatabase().getRefs().stream().noneMatch(ref -> ref.getObjectId() != null)) {
                throw new CollectorBroke("The repository " + repository.name()
                        + " is empty: it has no commit yet. Push what is to be released, or correct the repository.");
            }
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private RevCommit base(RevCommit from, RevCommit to, RevWalk walk) throws IOException {
        try {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(from);
            walk.markStart(to);
            var base = walk.next();
            if (base == null) {
                throw new CollectorBroke("The revisions " + from.abbreviate(10).name() + " and "
                        + to.abbreviate(10).name() + " in " + repository.name() + " have no history in common"
                        + (repository.isShallow()
                                ? ", as far as this shallow clone knows. Fetch its history (git fetch --unshallow; in a"
                                        + " pipeline fetch-depth: 0)."
                                : ". Check that both belong to this service."));
            }
            walk.parseBody(base);
            return base;
        } finally {
            walk.reset();
            walk.setRevFilter(RevFilter.ALL);
        }
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
