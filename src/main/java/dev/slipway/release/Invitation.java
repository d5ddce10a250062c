package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * A link with which one person answers one task, once.
 *
 * @param tokenHash     SHA-256 of the link's token, in hexadecimal
 * @param releaseNumber the release
 * @param task          the user task's id in its diagram
 * @param person        user id of who may use it
 * @param expiresAt     from when on it is refused
 * @param usedAt        null until used
 */
public record Invitation(
        @Id String tokenHash, long releaseNumber, String task, String person, Instant expiresAt, Instant usedAt) {

    public ReleaseId release() {
        return new ReleaseId(releaseNumber);
    }
}
