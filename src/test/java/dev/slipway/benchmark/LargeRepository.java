package dev.slipway.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.internal.storage.file.PackInserter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TreeFormatter;

/**
 * A repository with many commits and one release that changes many files, written as objects in one pack. Files lie in
 * folders of 100; a release is tagged after each twentieth part of the commits.
 */
final class LargeRepository {

    private static final int FOLDER = 100;
    private static final String[] MESSAGES = {
        "feat(cart): coupons (#%d)", "fix: rounding\n\nSHOP-%d", "chore: tidy up %d", "Added a button for %d"
    };

    private final int commits;
    private final int files;

    /**
     * @param commits in all
     * @param files   changed by the last release
     */
    LargeRepository(int commits, int files) {
        this.commits = commits;
        this.files = files;
    }

    void write(Path directory) {
        try (var repository = new FileRepository(directory.toFile())) {
            repository.create(true);
            // One stream for all objects: a file for each would take minutes.
            PackInserter inserter = repository.getObjectDatabase().newPackInserter();
            inserter.checkExisting(false);
            try (inserter) {
                write(repository, inserter);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(FileRepository repository, ObjectInserter inserter) throws IOException {
        var folders = (files + FOLDER - 1) / FOLDER;
        var trees = new ObjectId[folders];
        for (int folder = 0; folder < folders; folder++) {
            trees[folder] = folder(folder, false, inserter);
        }
        var each = Math.max(1, commits / 20);
        var head = commit(root(trees, 0, inserter), null, 0, inserter);
        for (int i = 1; i < commits - 1; i++) {
            head = commit(root(trees, i, inserter), head, i, inserter);
            if (i % each == 0) {
                inserter.flush();
                tag(repository, "v1." + i / each + ".0", head);
            }
        }
        inserter.flush();
        tag(repository, "v2.0.0", head);
        for (int folder = 0; folder < folders; folder++) {
            trees[folder] = folder(folder, true, inserter);
        }
        head = commit(root(trees, commits, inserter), head, commits, inserter);
        inserter.flush();
        tag(repository, "v2.1.0", head);
    }

    private ObjectId folder(int folder, boolean changed, ObjectInserter inserter) throws IOException {
        var tree = new TreeFormatter();
        for (int i = 0; i < FOLDER && folder * FOLDER + i < files; i++) {
            var text = new StringBuilder("class C%d {\n".formatted(i));
            for (int line = 0; line < 80; line++) {
                text.append("    int value%d = compute(%d, \"%d\"); // step\n".formatted(line, line * folder, i));
                if (changed && line % 20 == 0) {
                    text.append("    String s%d = System.getenv(\"SETTING_%d\");\n".formatted(line, i * 7 + line));
                }
            }
            var blob = inserter.insert(
                    Constants.OBJ_BLOB, text.append("}\n").toString().getBytes(StandardCharsets.UTF_8));
            tree.append("C%03d.java".formatted(i), FileMode.REGULAR_FILE, blob);
        }
        return inserter.insert(tree);
    }

    private static ObjectId root(ObjectId[] folders, int number, ObjectInserter inserter) throws IOException {
        var counter = inserter.insert(Constants.OBJ_BLOB, ("count: " + number + "\n").getBytes(StandardCharsets.UTF_8));
        var tree = new TreeFormatter();
        tree.append("counter.yaml", FileMode.REGULAR_FILE, counter);
        for (int i = 0; i < folders.length; i++) {
            tree.append("src%03d".formatted(i), FileMode.TREE, folders[i]);
        }
        return inserter.insert(tree);
    }

    private static ObjectId commit(ObjectId tree, ObjectId parent, int number, ObjectInserter inserter)
            throws IOException {
        var commit = new CommitBuilder();
        commit.setTreeId(tree);
        if (parent != null) {
            commit.setParentId(parent);
        }
        var ident = new PersonIdent(
                "Ada Lovelace",
                "ada@slipway.test",
                Instant.parse("2020-01-01T00:00:00Z").plusSeconds(60L * number),
                ZoneOffset.UTC);
        commit.setAuthor(ident);
        commit.setCommitter(ident);
        commit.setMessage(MESSAGES[number % MESSAGES.length].formatted(number));
        return inserter.insert(commit);
    }

    private static void tag(FileRepository repository, String name, ObjectId commit) throws IOException {
        var tag = repository.updateRef(Constants.R_TAGS + name);
        tag.setNewObjectId(commit);
        tag.update();
    }
}
