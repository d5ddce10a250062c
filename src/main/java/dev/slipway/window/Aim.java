package dev.slipway.window;

import java.util.Objects;

/**
 * Where orders go: production, or the target on which the way back is rehearsed.
 *
 * @param run what keeps the keys of one rehearsal apart from those of every other; null in production
 */
record Aim(String run) {

    static final Aim PRODUCTION = new Aim(null);

    /** @param run never null: a rehearsal without it would be taken for production */
    static Aim rehearsal(String run) {
        return new Aim(Objects.requireNonNull(run, "a rehearsal needs a name of its own"));
    }

    boolean isRehearsal() {
        return run != null;
    }

    /** @return what an order is called in its key, after the release's id */
    String key(String what) {
        return isRehearsal() ? "rehearsal:" + run + ":" + what : what;
    }
}
