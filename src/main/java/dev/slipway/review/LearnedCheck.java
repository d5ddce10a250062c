package dev.slipway.review;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * What a failed release taught: confirmed for every later release of the service (LRN-5).
 *
 * @param id            null until stored
 * @param service       whose releases are asked
 * @param releaseNumber the release that taught it
 * @param text          what must be checked
 * @param at            when it was agreed on
 */
record LearnedCheck(@Id Long id, String service, long releaseNumber, String text, Instant at) {}
