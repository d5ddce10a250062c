package dev.slipway.window;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * The windows that were proposed to whoever plans one, as they stand in the form.
 *
 * @param id            null until stored
 * @param releaseNumber the release
 * @param slots         a line each, start and end as ISO 8601 with a slash between; empty where there was none
 * @param told          what the form says of them, as Markdown
 * @param offeredAt     when
 */
record WindowOffer(@Id Long id, long releaseNumber, String slots, String told, Instant offeredAt) {}
