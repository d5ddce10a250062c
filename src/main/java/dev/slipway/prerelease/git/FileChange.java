package dev.slipway.prerelease.git;

import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.RawText;

/**
 * What became of one file.
 *
 * @param type    what happened to it
 * @param oldPath where it was; null where it is new
 * @param newPath where it is; null where it is gone
 * @param content whether its lines could be compared
 * @param oldText null where it was not there or is not text
 * @param newText null where it is not there or is not text
 * @param edits   which lines differ; empty where there is no text
 * @param added   lines
 * @param deleted lines
 */
public record FileChange(
        Type type,
        String oldPath,
        String newPath,
        Content content,
        RawText oldText,
        RawText newText,
        EditList edits,
        int added,
        int deleted) {

    public enum Type {
        ADDED,
        MODIFIED,
        DELETED,
        RENAMED
    }

    public enum Content {
        TEXT,
        BINARY,
        /** More than 1 MB: counted as a file, without its lines. */
        TOO_LARGE,
        /** A symbolic link, which is not followed, or another repository. */
        LINK
    }

    /** @return where it is, or was */
    public String path() {
        return newPath != null ? newPath : oldPath;
    }
}
