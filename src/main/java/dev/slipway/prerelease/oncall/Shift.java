package dev.slipway.prerelease.oncall;

import java.time.Instant;

/**
 * One person on call without a break.
 *
 * @param person user id, name or mail address, as the rota names them
 * @param from   when it begins
 * @param to     when it is over; after {@code from}
 */
public record Shift(String person, Instant from, Instant to) {

    boolean covers(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }
}
