package dev.slipway.window;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * What was found when a window opened.
 *
 * @param id            null until stored
 * @param releaseNumber the release
 * @param clear         whether the release could begin
 * @param reason        why not, in words; null where it is clear
 * @param checkedAt     when
 */
record WindowCheck(@Id Long id, long releaseNumber, boolean clear, String reason, Instant checkedAt) {}
