package dev.slipway.release;

import java.time.Instant;

/**
 * A release as calendars show it: when it is planned, or since when it runs. At least one of the two is known.
 *
 * @param number         of the {@link ReleaseId}
 * @param service        as its definition names it
 * @param version        the version to be released
 * @param owner          user id of the person in charge
 * @param definitionId   the service definition pinned to it
 * @param windowStart    not before; null means as soon as it is ready
 * @param windowEnd      not after; null means open ended
 * @param firstTrafficAt when the first step that can affect users began; null before
 */
public record PlannedRelease(
        long number,
        String service,
        String version,
        String owner,
        long definitionId,
        Instant windowStart,
        Instant windowEnd,
        Instant firstTrafficAt) {

    public ReleaseId id() {
        return new ReleaseId(number);
    }

    /** @return service and version, as people name a release */
    public String name() {
        return service + " " + version;
    }

    /** @return whether its rollout has begun */
    public boolean isRunning() {
        return firstTrafficAt != null;
    }
}
