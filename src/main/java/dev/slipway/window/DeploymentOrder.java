package dev.slipway.window;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * An order that was given to a deployer.
 *
 * @param id            null until stored; a later order has a higher one
 * @param orderKey      idempotency key
 * @param releaseNumber the release
 * @param answer        what the deployer answered at once
 * @param placedAt      when
 * @param weight        percentage of traffic for the new version; null for a shift that was ordered before this was kept
 * @param askAt         before this moment nobody asks what became of it; null where nobody has asked yet
 */
record DeploymentOrder(
        @Id Long id,
        String orderKey,
        long releaseNumber,
        DeploymentState answer,
        Instant placedAt,
        Double weight,
        Instant askAt) {}
