package dev.slipway.communication;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * What is to be said in a channel outside, and was not said yet.
 *
 * @param id            null until stored; a later message has a higher one
 * @param messageKey    idempotency key
 * @param releaseNumber the release
 * @param team          whom it is for; null for everybody
 * @param thread        link to the release's thread; may be null
 * @param subject       in one line
 * @param text          Markdown
 * @param writtenAt     when the step said it
 * @param tries         how often it was tried
 * @param nextTryAt     not before
 */
record OutgoingMessage(
        @Id Long id,
        String messageKey,
        long releaseNumber,
        String team,
        String thread,
        String subject,
        String text,
        Instant writtenAt,
        int tries,
        Instant nextTryAt) {}
