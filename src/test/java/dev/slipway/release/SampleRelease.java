package dev.slipway.release;

import java.time.Instant;
import java.util.List;

/** An open release REL-42 for tests, of which nobody has said more than the test does. */
public final class SampleRelease {

    private final String service;
    private final String version;
    private long number = 42;
    private String owner = "erin";
    private String requestedBy = "paula";
    private Phase phase = Phase.PRE_RELEASE;
    private Outcome outcome;
    private Risk risk;
    private Instant openedAt = Instant.parse("2026-11-20T08:00:00Z");
    private String servingVersion;
    private String fromRevision;
    private String toRevision;
    private String rollbackPlan;
    private String manualSteps;
    private Instant windowStart;
    private Instant windowEnd;
    private long definitionId = 7;
    private Instant firstTrafficAt;
    private List<Change> changes = List.of();

    private SampleRelease(String service, String version) {
        this.service = service;
        this.version = version;
    }

    public static SampleRelease of(String service, String version) {
        return new SampleRelease(service, version);
    }

    public SampleRelease numbered(long its) {
        number = its;
        return this;
    }

    public SampleRelease ownedBy(String its, String asker) {
        owner = its;
        requestedBy = asker;
        return this;
    }

    public SampleRelease in(Phase its) {
        phase = its;
        return this;
    }

    public SampleRelease ended(Outcome its) {
        outcome = its;
        return this;
    }

    public SampleRelease withRisk(Risk its) {
        risk = its;
        return this;
    }

    public SampleRelease openedAt(Instant its) {
        openedAt = its;
        return this;
    }

    public SampleRelease after(String serving) {
        servingVersion = serving;
        return this;
    }

    public SampleRelease revisions(String from, String to) {
        fromRevision = from;
        toRevision = to;
        return this;
    }

    public SampleRelease goingBackBy(String plan, String steps) {
        rollbackPlan = plan;
        manualSteps = steps;
        return this;
    }

    public SampleRelease window(Instant start, Instant end) {
        windowStart = start;
        windowEnd = end;
        return this;
    }

    public SampleRelease pinnedTo(long definition) {
        definitionId = definition;
        return this;
    }

    public SampleRelease firstTrafficAt(Instant its) {
        firstTrafficAt = its;
        return this;
    }

    public SampleRelease changing(Change... its) {
        changes = List.of(its);
        return this;
    }

    public Release release() {
        return new Release(
                number,
                service,
                version,
                "Faster checkout",
                owner,
                requestedBy,
                phase,
                outcome,
                risk,
                openedAt,
                null,
                servingVersion,
                fromRevision,
                toRevision,
                null,
                false,
                rollbackPlan,
                manualSteps,
                windowStart,
                windowEnd,
                definitionId,
                null,
                firstTrafficAt,
                changes);
    }
}
