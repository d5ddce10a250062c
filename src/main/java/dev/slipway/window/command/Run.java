package dev.slipway.window.command;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * Runs a program in an empty directory of its own, with nothing but the environment it is given, and nothing to read.
 * No thread waits for its output, so that a child that lives on and keeps the pipe open holds up nobody.
 */
final class Run {

    private static final long LOOK_MILLIS = 10;
    private static final long CENSUS_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long MERCY_MILLIS = 500;

    private final Process process;
    private final Output output;
    private final Output errors;
    /** A child whose parent has gone is nobody's descendant any more, so it is remembered. */
    private final Set<ProcessHandle> family = new LinkedHashSet<>();

    /**
     * What came of it.
     *
     * @param exitCode -1 where it was killed because its time was up
     * @param output   what it wrote, without its errors
     * @param errors   what it wrote besides
     */
    record Ended(int exitCode, Output output, Output errors) {

        boolean inTime() {
            return exitCode >= 0;
        }

        /**
         * @param secrets what must not be among it, the longest first
         * @return what people should read; empty where it said nothing
         */
        String lastWords(List<String> secrets) {
            var said = errors.lastLines(secrets);
            return said.isEmpty() ? output.lastLines(secrets) : said;
        }
    }

    private Run(Process process) {
        this.process = process;
        output = new Output(process.getInputStream());
        errors = new Output(process.getErrorStream());
    }

    /** @throws IOException where it can't be started, or nobody waits for it any longer */
    static Ended of(List<String> command, Map<String, String> environment, Duration timeout) throws IOException {
        var directory = Files.createTempDirectory("slipway-command");
        try {
            return in(directory, command, environment, timeout);
        } finally {
            FileSystemUtils.deleteRecursively(directory);
        }
    }

    private static Ended in(Path directory, List<String> command, Map<String, String> environment, Duration timeout)
            throws IOException {
        var builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        var run = new Run(builder.start());
        try {
            run.process.getOutputStream().close();
            return run.await(System.nanoTime() + timeout.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("it was not waited for any longer");
        } finally {
            run.endIfAlive();
        }
    }

    private Ended await(long deadline) throws IOException, InterruptedException {
        var census = System.nanoTime();
        while (process.isAlive()) {
            var anything = output.take();
            anything |= errors.take();
            if (System.nanoTime() - deadline >= 0) {
                kill();
                return new Ended(-1, output, errors);
            }
            if (System.nanoTime() - census >= 0) {
                process.descendants().forEach(family::add);
                census = System.nanoTime() + CENSUS_NANOS;
            }
            if (!anything) {
                process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
        output.take();
        errors.take();
        return new Ended(process.exitValue(), output, errors);
    }

    private void endIfAlive() throws IOException {
        if (process.isAlive()) {
            try {
                kill();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        process.getInputStream().close();
        process.getErrorStream().close();
    }

    /** The whole family: first it is asked to end, then it is made to. */
    private void kill() throws InterruptedException, IOException {
        everybody().forEach(ProcessHandle::destroy);
        var end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MERCY_MILLIS);
        try {
            while (System.nanoTime() - end < 0 && everybody().stream().anyMatch(ProcessHandle::isAlive)) {
                output.take();
                errors.take();
                Thread.sleep(LOOK_MILLIS);
            }
        } finally {
            everybody().forEach(ProcessHandle::destroyForcibly);
        }
    }

    /** Parents first: a script whose child is killed before it would go on with its next line. */
    private List<ProcessHandle> everybody() {
        process.descendants().forEach(family::add);
        for (var one : List.copyOf(family)) {
            one.descendants().forEach(family::add);
        }
        var all = new ArrayList<ProcessHandle>();
        all.add(process.toHandle());
        all.addAll(family);
        return all;
    }
}
