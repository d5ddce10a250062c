package dev.slipway.window;

import dev.slipway.calendar.TimeSpan;
import java.time.Instant;

/**
 * What a release would meet.
 *
 * @param kind what it is
 * @param from when it begins
 * @param to   when it is over
 * @param what which it is, a sentence
 */
public record Obstacle(Kind kind, Instant from, Instant to, String what) {

    /** Why not. */
    public enum Kind {
        /** The hours in which the service may be released. */
        HOURS,
        /** A public holiday. */
        HOLIDAY,
        /** A freeze. */
        FREEZE,
        /** Nobody is on call. */
        ON_CALL,
        /** Another release: of the service, of a related one, or of the same person in charge. */
        RELEASE,
        /** A calendar can't be read, so that nobody knows. */
        UNKNOWN
    }

    static Obstacle of(Kind kind, TimeSpan time, String what) {
        return new Obstacle(kind, time.from(), time.to(), what);
    }
}
