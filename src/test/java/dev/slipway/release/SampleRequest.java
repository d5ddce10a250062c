package dev.slipway.release;

import java.time.Instant;
import java.util.List;

/** Evan's request for tests: whatever a test does not say is left open. */
public final class SampleRequest {

    private final String service;
    private final String version;
    private String title = "Pay by invoice";
    private String owner = "erin";
    private String requestedBy = "evan";
    private List<Change> changes = List.of();
    private String toRevision;
    private boolean schemaChange;
    private String rollbackPlan;
    private List<String> manualSteps = List.of();
    private Instant windowStart;
    private Instant windowEnd;
    private String againBecause;
    private String idempotencyKey;

    private SampleRequest(String service, String version) {
        this.service = service;
        this.version = version;
    }

    public static SampleRequest of(String service, String version) {
        return new SampleRequest(service, version);
    }

    public SampleRequest titled(String its) {
        title = its;
        return this;
    }

    /** @param its null for the requester */
    public SampleRequest ownedBy(String its) {
        owner = its;
        return this;
    }

    public SampleRequest requestedBy(String its) {
        requestedBy = its;
        return this;
    }

    public SampleRequest changing(Change... its) {
        changes = List.of(its);
        return this;
    }

    public SampleRequest upTo(String revision) {
        toRevision = revision;
        return this;
    }

    public SampleRequest changingTheSchema() {
        schemaChange = true;
        return this;
    }

    public SampleRequest goingBackBy(String plan) {
        rollbackPlan = plan;
        return this;
    }

    public SampleRequest manualSteps(String... its) {
        manualSteps = List.of(its);
        return this;
    }

    public SampleRequest window(Instant start, Instant end) {
        windowStart = start;
        windowEnd = end;
        return this;
    }

    public SampleRequest again(String because) {
        againBecause = because;
        return this;
    }

    public SampleRequest key(String its) {
        idempotencyKey = its;
        return this;
    }

    public ReleaseRequest request() {
        return new ReleaseRequest(
                service,
                version,
                title,
                owner,
                requestedBy,
                changes,
                null,
                toRevision,
                null,
                schemaChange,
                rollbackPlan,
                manualSteps,
                windowStart,
                windowEnd,
                againBecause,
                idempotencyKey);
    }
}
