package dev.slipway.release;

import java.time.Instant;
import java.util.List;

/**
 * What someone asks for when they open a release, by form, message or API.
 *
 * @param service        required: a service that has a definition
 * @param version        required: at most 100 characters
 * @param title          required: at most 200 characters
 * @param owner          user id of the release owner; null means the requester
 * @param requestedBy    user id of the requester
 * @param changes        may be empty, never null
 * @param fromRevision   may be null
 * @param toRevision     may be null
 * @param dependencies   may be null
 * @param schemaChange   whether the request says that the schema changes
 * @param rollbackPlan   may be null
 * @param manualSteps    manual rollback steps in order; may be empty, never null
 * @param windowStart    may be null
 * @param windowEnd      may be null; after {@code windowStart}
 * @param againBecause   why a version that was hauled back before is released again; may be null
 * @param idempotencyKey may be null; the same key gives the same release
 */
public record ReleaseRequest(
        String service,
        String version,
        String title,
        String owner,
        String requestedBy,
        List<Change> changes,
        String fromRevision,
        String toRevision,
        String dependencies,
        boolean schemaChange,
        String rollbackPlan,
        List<String> manualSteps,
        Instant windowStart,
        Instant windowEnd,
        String againBecause,
        String idempotencyKey) {}
