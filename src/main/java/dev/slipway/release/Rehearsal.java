package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * The way back, tried on a target before it is needed (PRE-4).
 *
 * @param id            null until stored
 * @param service       whose way back it is
 * @param releaseNumber the release with which it was tried
 * @param target        where, such as {@code staging}
 * @param startedAt     when the way back began, the version being in service there; where that was not reached, when the
 *                      rehearsal began
 * @param endedAt       when it was over
 * @param seconds       how long it took
 * @param outcome       whether the old version was seen to serve in the end
 * @param reason        why it failed; null where it passed
 */
public record Rehearsal(
        @Id Long id,
        String service,
        long releaseNumber,
        String target,
        Instant startedAt,
        Instant endedAt,
        long seconds,
        Result outcome,
        String reason) {

    /** The diagrams decide on these names. */
    public enum Result {
        PASSED,
        FAILED
    }
}
