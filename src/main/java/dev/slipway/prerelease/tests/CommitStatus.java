package dev.slipway.prerelease.tests;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a code host knows of one check on a commit.
 *
 * @param host  such as {@code GitHub}
 * @param name  as the service requires it
 * @param state what it means
 * @param said  the host's own word, such as {@code timed_out}; null where there is none of that name
 * @param at    when it last changed; null where the host does not say
 * @param link  where to see more; may be null
 */
record CommitStatus(String host, String name, State state, String said, Instant at, String link) {

    /** What a status means, the better the later. */
    enum State {
        FAILED,
        /** The host gave it up. */
        STALE,
        MISSING,
        CANCELLED,
        /** It ended without a verdict: skipped, neutral, or a word that is not known here. */
        WITHOUT_VERDICT,
        NOT_FINISHED,
        PASSED
    }

    static CommitStatus missing(String host, String name) {
        return new CommitStatus(host, name, State.MISSING, null, null, null);
    }

    /** @return of {@code all} those with the names, in the order of the names; a missing one for a name without any */
    static List<CommitStatus> named(List<String> names, String host, List<CommitStatus> all) {
        var named = new ArrayList<CommitStatus>();
        for (var name : names) {
            var found =
                    all.stream().filter(status -> status.name().equals(name)).toList();
            named.addAll(found.isEmpty() ? List.of(missing(host, name)) : found);
        }
        return List.copyOf(named);
    }
}
