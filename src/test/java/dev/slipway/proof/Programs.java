package dev.slipway.proof;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Other programs that a test needs. */
final class Programs {

    private Programs() {}

    /** Skips the test where the program is missing; fails it where that must not be. */
    static Path need(String name) {
        var found = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("SLIPWAY_CI"))) {
            throw new AssertionError(name + " is missing, and SLIPWAY_CI says that nothing may be skipped.");
        }
        assumeTrue(found.isPresent(), name + " is not installed: skipped.");
        return found.get();
    }
}
