package dev.slipway.prerelease.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;

/** A bare repository that tests write commit by commit, without a work tree, so that many commits take no time. */
public final class TestRepository implements AutoCloseable {

    private final Path directory;
    private final Repository repository;
    private final TreeMap<String, ObjectId> files = new TreeMap<>();
    private Instant clock = Instant.parse("2026-01-05T09:00:00Z");
    private PersonIdent author = new PersonIdent("Ada Lovelace", "ada@slipway.test");
    private ObjectId head;

    public TestRepository(Path directory) {
        NoSystemSettings.enforce();
        this.directory = directory;
        try {
            repository = new FileRepository(directory.toFile());
            repository.create(true);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public Path directory() {
        return directory;
    }

    public Repository jgit() {
        return repository;
    }

    public TestRepository by(String name, String email) {
        author = new PersonIdent(name, email);
        return this;
    }

    public TestRepository file(String path, String text) {
        return file(path, text.getBytes(StandardCharsets.UTF_8));
    }

    public TestRepository file(String path, byte[] content) {
        try (var inserter = repository.newObjectInserter()) {
            files.put(path, inserter.insert(Constants.OBJ_BLOB, content));
            inserter.flush();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public TestRepository without(String path) {
        files.remove(path);
        return this;
    }

    public TestRepository moved(String from, String to) {
        files.put(to, files.remove(from));
        return this;
    }

    /** @return the new commit's hash */
    public String commit(String message) {
        return commit(message, head == null ? List.of() : List.of(head));
    }

    public String merge(String other, String message) {
        return commit(message, List.of(head, ObjectId.fromString(other)));
    }

    /** Goes on from another commit, with its files. */
    public TestRepository from(String commit, Map<String, String> texts) {
        head = ObjectId.fromString(commit);
        files.clear();
        texts.forEach(this::file);
        return this;
    }

    private String commit(String message, List<ObjectId> parents) {
        try (var inserter = repository.newObjectInserter()) {
            clock = clock.plusSeconds(3600);
            var commit = new CommitBuilder();
            commit.setTreeId(tree(inserter));
            commit.setParentIds(new ArrayList<>(parents));
            var ident = new PersonIdent(author, clock, ZoneOffset.UTC);
            commit.setAuthor(ident);
            commit.setCommitter(ident);
            commit.setMessage(message);
            head = inserter.insert(commit);
            inserter.flush();
            var main = repository.updateRef(Constants.R_HEADS + "main");
            main.setNewObjectId(head);
            main.forceUpdate();
            return head.name();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ObjectId tree(ObjectInserter inserter) throws IOException {
        var index = DirCache.newInCore();
        var builder = index.builder();
        for (var file : files.entrySet()) {
            var entry = new DirCacheEntry(file.getKey());
            entry.setFileMode(FileMode.REGULAR_FILE);
            entry.setObjectId(file.getValue());
            builder.add(entry);
        }
        builder.finish();
        return index.writeTree(inserter);
    }

    public TestRepository tag(String name) {
        try {
            var tag = repository.updateRef(Constants.R_TAGS + name);
            tag.setNewObjectId(head);
            tag.update();
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        repository.close();
    }
}
