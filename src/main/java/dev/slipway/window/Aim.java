package dev.slipway.window;

import java.util.Objects;

/**
 * Where orders go: production, or the target on which the way back is rehearsed.
 *
 * @param run what keeps the keys of one rehearsal apart from those of every other; null in production
 */
record Aim(String run) {

    private static final String REHEARSAL = "rehearsal:";

    static final Aim PRODUCTION = new Aim(null);

    /** @param run never null: a rehearsal without it would be taken for production */
    static Aim rehearsal(String run) {
        return new Aim(Objects.requireNonNull(run, "a rehearsal needs a name of its own"));
    }

    /** @param key what {@link #key} gave */
    static Aim of(String key) {
        return key.startsWith(REHEARSAL)
                ? rehearsal(key.substring(REHEARSAL.length(), key.indexOf(':', REHEARSAL.length())))
                : PRODUCTION;
    }

    boolean isRehearsal() {
        return run != null;
    }

    /** @return what an order is called in its key, after the release's id */
    String key(String what) {
        return isRehearsal() ? REHEARSAL + run + ":" + what : what;
    }

    /** @return what is ordered, of what {@link #key} gave */
    String what(String key) {
        return isRehearsal() ? key.substring(key("").length()) : key;
    }
}
