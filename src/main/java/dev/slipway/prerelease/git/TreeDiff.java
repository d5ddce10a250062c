package dev.slipway.prerelease.git;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jgit.diff.DiffConfig;
import org.eclipse.jgit.diff.DiffEntry;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.diff.RenameDetector;
import org.eclipse.jgit.errors.LargeObjectException;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What differs between two commits, file by file. Files are handed over one at a time: there may be many. */
public final class TreeDiff {

    /** In bytes. */
    public static final int LARGEST_TEXT = 1_000_000;

    private static final RawText NOTHING = RawText.EMPTY_TEXT;

    private final GitRepository repository;

    public TreeDiff(GitRepository repository) {
        this.repository = repository;
    }

    /** Renamed files come as one change. */
    public void forEach(RevCommit from, RevCommit to, Consumer<FileChange> consumer) {
        try (var reader = repository.jgit().newObjectReader()) {
            // The repository's own settings for comparing are not asked: the answer must not depend on the clone.
            var renames = new RenameDetector(reader, new Config().get(DiffConfig.KEY));
            renames.setSkipContentRenamesForBinaryFiles(true);
            renames.setBigFileThreshold(LARGEST_TEXT);
            renames.addAll(entries(from, to, reader));
            for (var entry : renames.compute(reader, null)) {
                consumer.accept(change(entry, reader));
            }
        } catch (IOException | org.eclipse.jgit.api.errors.CanceledException e) {
            throw repository.unreadable(e instanceof IOException failure ? failure : new IOException(e));
        }
    }

    /** @return added and deleted lines together; renamed files count as deleted and added */
    public long changedLines(RevCommit from, RevCommit to) {
        try (var reader = repository.jgit().newObjectReader()) {
            var lines = 0L;
            for (var entry : entries(from, to, reader)) {
                var change = change(entry, reader);
                lines += change.added() + change.deleted();
            }
            return lines;
        } catch (IOException e) {
            throw repository.unreadable(e);
        }
    }

    private static List<DiffEntry> entries(RevCommit from, RevCommit to, ObjectReader reader) throws IOException {
        try (var walk = new TreeWalk(reader)) {
            walk.setRecursive(true);
            walk.setFilter(TreeFilter.ANY_DIFF);
            if (from == null) {
                walk.addTree(new EmptyTreeIterator());
            } else {
                walk.addTree(from.getTree());
            }
            walk.addTree(to.getTree());
            return DiffEntry.scan(walk);
        }
    }

    private static FileChange change(DiffEntry entry, ObjectReader reader) throws IOException {
        var type = switch (entry.getChangeType()) {
            case ADD, COPY -> FileChange.Type.ADDED;
            case DELETE -> FileChange.Type.DELETED;
            case RENAME -> FileChange.Type.RENAMED;
            case MODIFY -> FileChange.Type.MODIFIED;
        };
        var oldPath = type == FileChange.Type.ADDED ? null : entry.getOldPath();
        var newPath = type == FileChange.Type.DELETED ? null : entry.getNewPath();
        var before = side(oldPath, entry.getOldMode(), entry.getOldId().toObjectId(), reader);
        var after = side(newPath, entry.getNewMode(), entry.getNewId().toObjectId(), reader);
        var content = before.content() != FileChange.Content.TEXT ? before.content() : after.content();
        if (content != FileChange.Content.TEXT) {
            return new FileChange(type, oldPath, newPath, content, null, null, new EditList(), 0, 0);
        }
        var edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, before.orNothing(), after.orNothing());
        return new FileChange(
                type,
                oldPath,
                newPath,
                content,
                before.text(),
                after.text(),
                edits,
                edits.stream().mapToInt(Edit::getLengthB).sum(),
                edits.stream().mapToInt(Edit::getLengthA).sum());
    }

    private record Side(FileChange.Content content, RawText text) {

        private RawText orNothing() {
            return text == null ? NOTHING : text;
        }
    }

    private static Side side(String path, FileMode mode, ObjectId id, ObjectReader reader) throws IOException {
        if (path == null) {
            return new Side(FileChange.Content.TEXT, null);
        }
        if (mode.getObjectType() != org.eclipse.jgit.lib.Constants.OBJ_BLOB || mode.equals(FileMode.SYMLINK)) {
            return new Side(FileChange.Content.LINK, null);
        }
        try {
            var loader = reader.open(id);
            if (loader.getSize() > LARGEST_TEXT) {
                return large(loader);
            }
            var bytes = loader.getCachedBytes(LARGEST_TEXT);
            return RawText.isBinary(bytes)
                    ? new Side(FileChange.Content.BINARY, null)
                    : new Side(FileChange.Content.TEXT, new RawText(bytes));
        } catch (LargeObjectException e) {
            return new Side(FileChange.Content.TOO_LARGE, null);
        }
    }

    private static Side large(ObjectLoader loader) throws IOException {
        try (var stream = loader.openStream()) {
            return new Side(RawText.isBinary(stream) ? FileChange.Content.BINARY : FileChange.Content.TOO_LARGE, null);
        }
    }
}
