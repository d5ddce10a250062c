package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * A rollout that somebody paused.
 *
 * @param id            null until stored
 * @param releaseNumber the release
 * @param reason        why; 1 to 1,000 characters
 * @param heldBy        user id
 * @param heldAt        when
 * @param liftedBy      user id; null while it is held
 * @param liftedAt      null while it is held
 */
@Table("release_hold")
public record Hold(
        @Id Long id,
        long releaseNumber,
        String reason,
        String heldBy,
        Instant heldAt,
        String liftedBy,
        Instant liftedAt) {

    /** @return such as {@code erin: the support desk is short of people.} */
    public String inWords() {
        return heldBy + ": " + reason + (reason.endsWith(".") ? "" : ".");
    }
}
