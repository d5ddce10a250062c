package dev.slipway.release;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * One thing that happened to a release.
 *
 * @param id            null until stored
 * @param releaseNumber the release that it belongs to
 * @param at            when
 * @param actorKind     a person or a machine
 * @param actor         who
 * @param what          what happened, in words
 * @param evidence      more, or what it rests on; may be null
 */
public record TimelineEntry(
        @Id Long id,
        long releaseNumber,
        Instant at,
        Actor.Kind actorKind,
        String actor,
        String what,
        String evidence) {}
