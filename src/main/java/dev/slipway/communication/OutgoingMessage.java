package dev.slipway.communication;

import dev.slipway.release.ReleaseId;
import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * A message to a place outside.
 *
 * @param id            null until stored; a later one has a higher one
 * @param messageKey    idempotency key, within all releases
 * @param releaseNumber the release that it is about
 * @param channel       which adapter delivers it
 * @param team          one of Slipway's groups that it is for; null where it is for everybody
 * @param subject       in one line
 * @param text          Markdown
 * @param state         where it is
 * @param attempts      how often its delivery was begun
 * @param tryAt         not before
 * @param claimedUntil  until then a node is about it; null where none is
 * @param problem       why the last attempt failed; null where none did
 * @param writtenAt     when it was said
 * @param deliveredAt   null until delivered
 */
public record OutgoingMessage(
        @Id Long id,
        String messageKey,
        long releaseNumber,
        String channel,
        String team,
        String subject,
        String text,
        State state,
        int attempts,
        Instant tryAt,
        Instant claimedUntil,
        String problem,
        Instant writtenAt,
        Instant deliveredAt) {

    /** Where a message is. */
    public enum State {
        /** It will be tried, or tried again. */
        WAITING,
        DELIVERED,
        /** It was tried often enough; an operator may have it tried again. */
        DEAD
    }

    public ReleaseId release() {
        return new ReleaseId(releaseNumber);
    }
}
