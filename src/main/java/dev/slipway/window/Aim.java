package dev.slipway.window;

import java.util.Objects;

/**
 * Where orders go: production, one part of it, or the target on which the way back is rehearsed.
 *
 * @param run  what keeps the keys of one rehearsal apart from those of every other; null in production
 * @param part which part of a service that is rolled out in parts; null where it is rolled out as a whole
 */
record Aim(String run, String part) {

    private static final String REHEARSAL = "rehearsal:";
    private static final String PART = "part:";

    static final Aim PRODUCTION = new Aim(null, null);

    /** @param run never null: a rehearsal without it would be taken for production */
    static Aim rehearsal(String run) {
        return new Aim(Objects.requireNonNull(run, "a rehearsal needs a name of its own"), null);
    }

    /** @param part as its key says; null for the service as a whole */
    static Aim part(String part) {
        return new Aim(null, part);
    }

    /** @param key what {@link #key} gave */
    static Aim of(String key) {
        if (key.startsWith(REHEARSAL)) {
            return rehearsal(named(key, REHEARSAL));
        }
        return key.startsWith(PART) ? part(named(key, PART)) : PRODUCTION;
    }

    private static String named(String key, String prefix) {
        return key.substring(prefix.length(), key.indexOf(':', prefix.length()));
    }

    boolean isRehearsal() {
        return run != null;
    }

    /** @return what an order is called in its key, after the release's id */
    String key(String what) {
        if (isRehearsal()) {
            return REHEARSAL + run + ":" + what;
        }
        return part == null ? what : PART + part + ":" + what;
    }

    /** @return what is ordered, of what {@link #key} gave */
    String what(String key) {
        return key.substring(key("").length());
    }
}
