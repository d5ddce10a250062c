package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * Something that shows how a requirement was met, or that it was not. Evidence has a source and an age.
 *
 * @param id            null until stored
 * @param releaseNumber the release that it belongs to
 * @param requirement   such as {@code PRE-3}
 * @param outcome       what it says: CONFIRMED, REJECTED, PASSED, FAILED, NOTED or OVERRIDDEN
 * @param summary       one line for people
 * @param link          where to see more; may be null
 * @param source        the task, pipeline or collector that it comes from
 * @param field         the form field; null where it is no form
 * @param answer        the field's value as text; null where it is no form
 * @param actor         who gave it
 * @param at            when
 */
public record Evidence(
        @Id Long id,
        long releaseNumber,
        String requirement,
        Result outcome,
        String summary,
        String link,
        String source,
        String field,
        String answer,
        String actor,
        Instant at) {

    public enum Result {
        CONFIRMED,
        REJECTED,
        PASSED,
        FAILED,
        NOTED,
        OVERRIDDEN
    }
}
