package dev.slipway.window.haproxy;

import java.util.Optional;

/** What is known of the version that a server or a group of servers runs. */
sealed interface Said {

    record Version(String version) implements Said {}

    /**
     * @param why   for people
     * @param later whether it may be known when asked again
     */
    record Nothing(String why, boolean later) implements Said {}

    default Optional<String> known() {
        return this instanceof Version known ? Optional.of(known.version) : Optional.empty();
    }

    default boolean is(String version) {
        return this instanceof Version known && known.version.equals(version);
    }

    /** @return in a sentence after the name of who said it */
    default String inWords() {
        return this instanceof Version known
                ? "runs " + known.version
                : "has no known version (" + ((Nothing) this).why + ")";
    }
}
