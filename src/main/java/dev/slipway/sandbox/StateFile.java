package dev.slipway.sandbox;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Where the state is kept: a JSON file that is whole at any time, also after {@code kill -9}. */
final class StateFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .findAndAddModules()
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;

    StateFile(Path directory) {
        this.file = directory.resolve("sandbox.json");
    }

    /**
     * @return empty where nothing was written yet
     * @throws IllegalStateException where the file is there and can't be read
     */
    Optional<SandboxState> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), SandboxState.class));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The sandbox's state in %s can't be read. Delete the file to begin anew: 1.0.0 then serves."
                            .formatted(file),
                    e);
        }
    }

    /** @throws UncheckedIOException where the state was not kept; the last one then still stands */
    void write(SandboxState state) {
        try {
            Files.createDirectories(file.getParent());
            var next = file.resolveSibling(file.getFileName() + ".next");
            try (var channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                var bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(state));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox's state can't be written to " + file, e);
        }
    }
}
