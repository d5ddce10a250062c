package dev.slipway.observation.series;

import java.time.Instant;

/**
 * @param at    from when on it is known: where it speaks of a span of time, the end of that
 * @param value finite
 */
public record Point(Instant at, double value) {}
