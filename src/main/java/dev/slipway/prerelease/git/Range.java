package dev.slipway.prerelease.git;

import org.eclipse.jgit.revwalk.RevCommit;

/**
 * What lies between two revisions.
 *
 * @param from      the commit that serves now
 * @param to        the commit to be released
 * @param base      where the difference begins: {@code from}, or where both parted
 * @param direction how {@code to} stands to {@code from}
 * @param fromName  how {@code from} was found, such as {@code tag v1.4.2}
 * @param toName    how {@code to} was found
 */
public record Range(RevCommit from, RevCommit to, RevCommit base, Direction direction, String fromName, String toName) {

    public enum Direction {
        /** {@code from} is an ancestor. */
        FORWARD,
        /** Both are the same commit. */
        NOTHING,
        /** {@code to} is an ancestor: it goes back. */
        BACK,
        /** Each has commits that the other has not. */
        PARTED
    }

    /** @return the commit that {@code to} is compared with, file by file */
    public RevCommit start() {
        return direction == Direction.BACK ? from : base;
    }
}
