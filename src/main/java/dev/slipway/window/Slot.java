package dev.slipway.window;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A time at which a release can be rolled out without meeting anything.
 *
 * @param start         when the rollout can begin, at a full quarter of an hour
 * @param end           when it is over if nothing holds it up, rounded up to a quarter of an hour; the end of the window
 * @param observedUntil when the observation is over
 */
public record Slot(
        @Schema(example = "2026-03-02T08:00:00Z") Instant start,
        @Schema(example = "2026-03-02T08:15:00Z") Instant end,
        @Schema(example = "2026-03-02T08:45:00Z") Instant observedUntil) {}
