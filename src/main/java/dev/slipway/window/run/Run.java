package dev.slipway.window.run;

import java.time.Instant;

/**
 * A run of a workflow or pipeline.
 *
 * @param id      the tool's
 * @param name    the key of the order that it was started for
 * @param link    for people
 * @param begun   when it was asked for
 * @param stage   how far it is
 * @param words   the tool's own for that, such as {@code timed_out}
 */
public record Run(String id, String name, String link, Instant begun, Stage stage, String words) {

    /** How far a run is. */
    public enum Stage {
        /** Nothing has begun: no machine is free, another run goes first, or somebody must approve. */
        QUEUED,
        RUNNING,
        SUCCEEDED,
        /** Anything but a success: failed, cancelled, timed out, skipped. */
        FAILED;

        boolean isUnfinished() {
            return this == QUEUED || this == RUNNING;
        }
    }
}
