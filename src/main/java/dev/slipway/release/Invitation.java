package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * A link with which somebody answers one task, once.
 *
 * @param tokenHash     SHA-256 of the link's token, in hexadecimal
 * @param releaseNumber the release
 * @param task          the user task's id in its diagram, or {@link Invitations#ROLL_BACK}
 * @param person        user id of who may use it; null where anybody may who has the authority
 * @param expiresAt     from when on it is refused
 * @param usedAt        null until used
 */
public record Invitation(
        @Id String tokenHash, long releaseNumber, String task, String person, Instant expiresAt, Instant usedAt) {

    public ReleaseId release() {
        return new ReleaseId(releaseNumber);
    }
}
