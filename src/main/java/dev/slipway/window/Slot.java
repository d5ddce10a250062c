package dev.slipway.window;

import java.time.Instant;

/**
 * A time at which a release can be rolled out without meeting anything.
 *
 * @param start         when the rollout can begin, at a full quarter of an hour
 * @param end           when it is over if nothing holds it up, rounded up to a quarter of an hour; the end of the window
 * @param observedUntil when the observation is over
 */
public record Slot(Instant start, Instant end, Instant observedUntil) {}
