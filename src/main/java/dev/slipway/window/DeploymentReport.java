package dev.slipway.window;

import java.time.Instant;
import org.springframework.data.annotation.Id;

/**
 * What a deployer reported of an order.
 *
 * @param orderKey      the order's idempotency key
 * @param releaseNumber the release
 * @param state         SUCCEEDED or FAILED
 * @param message       what it said; may be null, never where it failed
 * @param receivedAt    when
 * @param delivery      whether the release knows of it
 */
record DeploymentReport(
        @Id String orderKey,
        long releaseNumber,
        DeploymentState state,
        String message,
        Instant receivedAt,
        Delivery delivery) {

    enum Delivery {
        /** The release is to be told as soon as it waits for it. */
        OPEN,
        DELIVERED,
        /** The release does not wait for it any more: it went on, or it is closed. */
        DROPPED
    }
}
