package dev.slipway.observation;

import java.time.Duration;
import java.time.Instant;

/**
 * The instants at which something is looked at: an interval apart since the epoch, moved by an offset. What shares a
 * grid asks its questions as of the same instants, so that they can be answered together.
 *
 * @param interval between two instants, above zero
 * @param offset   from 0 to less than the interval
 */
record Grid(Duration interval, Duration offset) {

    /** The multiplier of Fibonacci hashing: names that differ in one character come to lie far from each other. */
    private static final int SPREAD = 0x9E3779B9;

    /** The grid of a service. Those of different services are apart, so that not everything is due at once. */
    static Grid of(String service, Duration interval) {
        var share = Integer.toUnsignedLong(service.hashCode() * SPREAD) / 0x1p32;
        return new Grid(interval, Duration.ofMillis((long) (share * interval.toMillis())));
    }

    /** The grid on which {@code instant} lies. */
    static Grid through(Instant instant, Duration interval) {
        return new Grid(interval, Duration.ofMillis(Math.floorMod(instant.toEpochMilli(), interval.toMillis())));
    }

    /** @return the last instant that is not after {@code time} */
    Instant at(Instant time) {
        var since = Math.floorMod(time.toEpochMilli() - offset.toMillis(), interval.toMillis());
        return Instant.ofEpochMilli(time.toEpochMilli() - since);
    }

    /** @return the first instant after {@code time} */
    Instant after(Instant time) {
        return at(time).plus(interval);
    }
}
