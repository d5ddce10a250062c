package dev.slipway.prerelease.scope;

import java.time.Instant;
import java.util.List;

/**
 * One commit of a release.
 *
 * @param id           its hash
 * @param subject      first line of its message, at most 300 characters
 * @param author       as the repository's mailmap writes the name
 * @param at           when it was written
 * @param merge        whether it joins others and is no change itself
 * @param kind         what it brings
 * @param guessed      whether the kind was guessed from the first word, since there is no conventional type
 * @param breaking     what breaks, in the author's words; null where nothing is said to break
 * @param pullRequests numbers, in the order in which they stand
 * @param tickets      keys, in the order in which they stand
 * @param cancelled    whether it was reverted within the same release, or is the revert of such a commit
 */
public record ScopeCommit(
        String id,
        String subject,
        String author,
        Instant at,
        boolean merge,
        CommitKind kind,
        boolean guessed,
        String breaking,
        List<Integer> pullRequests,
        List<String> tickets,
        boolean cancelled) {

    ScopeCommit asCancelled() {
        return new ScopeCommit(id, subject, author, at, merge, kind, guessed, breaking, pullRequests, tickets, true);
    }

    /** @return whether it changes what is released */
    boolean counts() {
        return !merge && !cancelled;
    }
}
