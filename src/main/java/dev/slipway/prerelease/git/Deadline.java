package dev.slipway.prerelease.git;

import java.time.Duration;
import org.eclipse.jgit.lib.ProgressMonitor;

/** Ends what takes too long. */
final class Deadline implements ProgressMonitor {

    private final long end;

    Deadline(Duration within) {
        end = System.nanoTime() + within.toNanos();
    }

    @Override
    public boolean isCancelled() {
        return System.nanoTime() - end > 0;
    }

    @Override
    public void start(int totalTasks) {
        // Nobody watches.
    }

    @Override
    public void beginTask(String title, int totalWork) {
        // Nobody watches.
    }

    @Override
    public void update(int completed) {
        // Nobody watches.
    }

    @Override
    public void endTask() {
        // Nobody watches.
    }

    @Override
    public void showDuration(boolean enabled) {
        // Nobody watches.
    }
}
