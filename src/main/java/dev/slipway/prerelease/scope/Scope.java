package dev.slipway.prerelease.scope;

import dev.slipway.prerelease.git.Range;
import java.util.List;

/**
 * What a release holds.
 *
 * @param range        from where to where
 * @param commits      the latest first; where it goes back, those that it takes away
 * @param authors      names, who wrote most first
 * @param pullRequests numbers, rising
 * @param tickets      keys, as they first stand, the oldest commit's first
 * @param files        how many files differ
 * @param binaryFiles  how many of them are not text
 * @param largeFiles   paths of those that are too large to compare their lines
 * @param linesAdded   in text files
 * @param linesDeleted in text files
 * @param missing      how many commits serve now and are not in the release; above 0 only where both parted
 * @param batch        how large it is beside earlier releases
 */
public record Scope(
        Range range,
        List<ScopeCommit> commits,
        List<String> authors,
        List<Integer> pullRequests,
        List<String> tickets,
        int files,
        int binaryFiles,
        List<String> largeFiles,
        long linesAdded,
        long linesDeleted,
        int missing,
        Batch batch) {

    /** @return the changes of a kind, the latest first; no merges, and nothing that was taken back */
    public List<ScopeCommit> of(CommitKind kind) {
        return commits.stream()
                .filter(ScopeCommit::counts)
                .filter(commit -> commit.kind() == kind)
                .toList();
    }

    /** @return how many commits are no merges */
    public int changes() {
        return (int) commits.stream().filter(commit -> !commit.merge()).count();
    }

    public long linesChanged() {
        return linesAdded + linesDeleted;
    }

    public List<ScopeCommit> breaking() {
        return commits.stream()
                .filter(ScopeCommit::counts)
                .filter(commit -> commit.breaking() != null)
                .toList();
    }

    /** @return commits that were taken back, and those that took them back */
    public int cancelled() {
        return (int) commits.stream().filter(ScopeCommit::cancelled).count();
    }
}
