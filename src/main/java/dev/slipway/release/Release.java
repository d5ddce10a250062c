package dev.slipway.release;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.MappedCollection;

/**
 * A version of a service on its way to production, from request to final status.
 *
 * @param number          of the {@link ReleaseId}; null until stored
 * @param service         as its definition names it
 * @param version         the version to be released
 * @param title           one line for people
 * @param owner           user id of the release owner, the person in charge (PIC)
 * @param requestedBy     user id of who asked for it; may not approve it
 * @param phase           where it stands
 * @param outcome         null until the final status is known
 * @param risk            null until assessed
 * @param openedAt        when it was requested
 * @param closedAt        null while open
 * @param servingVersion  the version that served when the release opened, to compare with and go back to; null where
 *                        nothing is known to serve
 * @param fromRevision    where the scope begins; may be null
 * @param toRevision      where the scope ends; may be null
 * @param dependencies    what was said about dependencies in the request, as text; may be null
 * @param schemaChange    whether the database schema changes (PRE-6)
 * @param rollbackPlan    how to go back, as text; may be null until PRE-4 is confirmed
 * @param manualSteps     manual rollback steps, one a line, in order; may be null
 * @param windowStart     not before; null means as soon as it is ready
 * @param windowEnd       not after; null means open ended
 * @param definitionId    the service definition pinned to this release
 * @param idempotencyKey  the caller's key; null where none was given
 * @param firstTrafficAt  when the first step that can affect users began; null before
 * @param changes         what it changes
 */
public record Release(
        @Id Long number,
        String service,
        String version,
        String title,
        String owner,
        String requestedBy,
        Phase phase,
        Outcome outcome,
        Risk risk,
        Instant openedAt,
        Instant closedAt,
        String servingVersion,
        String fromRevision,
        String toRevision,
        String dependencies,
        boolean schemaChange,
        String rollbackPlan,
        String manualSteps,
        Instant windowStart,
        Instant windowEnd,
        Long definitionId,
        String idempotencyKey,
        Instant firstTrafficAt,

        @MappedCollection(idColumn = "release_number", keyColumn = "position")
        List<Change> changes) {

    public ReleaseId id() {
        return new ReleaseId(number);
    }

    /** @return service and version, as people name a release */
    public String name() {
        return service + " " + version;
    }

    public boolean isOpen() {
        return phase != Phase.CLOSED;
    }

    /** @return whether users may already have met the new version, so that the only way out is through rollback */
    public boolean hasTraffic() {
        return firstTrafficAt != null;
    }
}
