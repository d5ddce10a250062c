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
 */
record DeploymentOrder(@Id Long id, String orderKey, long releaseNumber, DeploymentState answer, Instant placedAt) {}
