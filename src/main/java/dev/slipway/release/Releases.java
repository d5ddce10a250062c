package dev.slipway.release;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Service;

/** The releases and the few ways in which one changes. Who may ask for a change is decided by the caller's room. */
@Service
public class Releases {

    private final ReleaseRepository repository;
    private final Timeline timeline;
    private final Clock clock;

    Releases(ReleaseRepository repository, Timeline timeline, Clock clock) {
        this.repository = repository;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** A page of releases, newest first. */
    public record Page(List<Release> releases, long total) {}

    /**
     * @param request        checked by the caller for everything that only the service's definition can tell
     * @param definitionId   the service definition pinned to the release
     * @param servingVersion may be null
     */
    public Release open(ReleaseRequest request, Long definitionId, String servingVersion) {
        var owner = isBlank(request.owner()) ? request.requestedBy() : request.owner();
        var release = repository.save(new Release(
                null,
                request.service(),
                request.version(),
                request.title(),
                owner,
                request.requestedBy(),
                Phase.PRE_RELEASE,
                null,
                null,
                clock.instant(),
                null,
                servingVersion,
                request.fromRevision(),
                request.toRevision(),
                request.dependencies(),
                request.schemaChange(),
                request.rollbackPlan(),
                request.manualSteps().isEmpty() ? null : String.join("\n", request.manualSteps()),
                request.windowStart(),
                request.windowEnd(),
                definitionId,
                request.idempotencyKey(),
                null,
                request.changes()));
        timeline.record(
                release.id(),
                Actor.person(request.requestedBy()),
                "Requested " + release.name() + ": " + release.title() + ". In charge: " + owner + ".");
        if (!isBlank(request.againBecause())) {
            hauledBack(release.service(), release.version())
                    .ifPresent(earlier -> timeline.record(
                            release.id(),
                            Actor.person(request.requestedBy()),
                            "Released again although " + earlier.id() + " was hauled back: "
                                    + request.againBecause().strip()));
        }
        return release;
    }

    /** @throws Refusal.NotFound where there is no such release */
    public Release get(ReleaseId id) {
        return repository
                .findById(id.number())
                .orElseThrow(() -> new Refusal.NotFound("There is no release " + id + "."));
    }

    public Optional<Release> find(ReleaseId id) {
        return repository.findById(id.number());
    }

    /** @return the release of this version that rolls out or is observed, else the last one that was opened */
    public Optional<Release> latest(String service, String version) {
        return repository.latest(service, version).map(number -> get(new ReleaseId(number)));
    }

    public Optional<Release> opened(String idempotencyKey) {
        return repository.findByIdempotencyKey(idempotencyKey);
    }

    /** @param page from 0 */
    public Page page(String service, Phase phase, Outcome outcome, int page, int size) {
        var phaseName = phase == null ? null : phase.name();
        var outcomeName = outcome == null ? null : outcome.name();
        var numbers = repository.numbers(service, phaseName, outcomeName, size, (long) page * size);
        var releases = numbers.isEmpty() ? List.<Release>of() : repository.findByNumberInOrderByNumberDesc(numbers);
        return new Page(releases, repository.count(service, phaseName, outcomeName));
    }

    /** @return the version that the last successful release of the service brought, where there was one */
    public Optional<String> lastSuccessfulVersion(String service) {
        return repository.lastSuccessfulVersion(service);
    }

    /** @return how the latest closed release of the service ended, other than {@code except} */
    public Optional<Outcome> lastOutcome(String service, ReleaseId except) {
        return repository.lastOutcome(service, except.number()).map(Outcome::valueOf);
    }

    /** @return the latest release of this version that was hauled back, or could not be, or is on its way back */
    public Optional<Release> hauledBack(String service, String version) {
        return repository.maybeHauledBack(service, version).stream()
                .map(number -> get(new ReleaseId(number)))
                .filter(release -> release.outcome() != null || wasHauledBack(release.id()))
                .findFirst();
    }

    /**
     * @param service null for every service
     * @return releases that have traffic and no outcome yet, oldest first
     */
    public List<Release> running(String service) {
        var numbers = repository.running(service);
        return numbers.isEmpty()
                ? List.of()
                : repository.findByNumberInOrderByNumberDesc(numbers).stream()
                        .sorted(Comparator.comparing(Release::number))
                        .toList();
    }

    /** @return releases that have a window or traffic and no outcome yet, oldest first */
    public List<PlannedRelease> planned() {
        return repository.planned();
    }

    /** Keeps others from changing the release, and from holding it, until this transaction ends. */
    public void hold(ReleaseId id) {
        repository.hold(id.number());
    }

    public void enter(ReleaseId id, Phase phase) {
        if (repository.enter(id.number(), phase.name()) > 0) {
            timeline.record(id, Actor.machine("engine"), began(phase));
        }
    }

    /** @return whether the release is or was on its way back, whatever its outcome will be called */
    public boolean wasHauledBack(ReleaseId id) {
        return timeline.of(id).stream().anyMatch(entry -> entry.what().equals(began(Phase.ROLLBACK)));
    }

    private static String began(Phase phase) {
        return "Phase " + phase + " begins.";
    }

    /** Declares the outcome. The first one declared stays. */
    public void declare(ReleaseId id, Outcome outcome) {
        if (repository.declare(id.number(), outcome.name()) > 0) {
            timeline.record(id, Actor.machine("engine"), get(id).name() + " " + outcome.inWords() + ".");
        }
    }

    public void close(ReleaseId id) {
        if (repository.close(id.number(), clock.instant()) > 0) {
            timeline.record(id, Actor.machine("engine"), "Closed.");
        }
    }

    /** @param reasons for a risk above the least, in words; may be empty */
    public void assess(ReleaseId id, Risk risk, String reasons) {
        if (repository.assess(id.number(), risk.name()) > 0) {
            timeline.record(
                    id,
                    Actor.machine("release-risk"),
                    "Risk assessed: " + risk + "." + (reasons.isEmpty() ? "" : " " + reasons));
        }
    }

    /** @return how many of the latest closed releases of the service were rolled back or needed follow-up */
    public int failuresAmongLast(String service, int latest) {
        return repository.failuresAmongLast(service, latest);
    }

    /** The owner says that the release ends at another revision than before: the scope is looked up anew. */
    public void revise(ReleaseId id, String toRevision) {
        repository.revise(id.number(), toRevision);
    }

    /** What people confirmed about the database schema (PRE-6). */
    public void confirmSchemaChange(ReleaseId id, boolean schemaChange) {
        repository.confirmSchemaChange(id.number(), schemaChange);
    }

    /**
     * What people confirmed about the way back (PRE-4).
     *
     * @param manualSteps one a line, in order; null or empty where there is none
     */
    public void confirmRollbackPlan(ReleaseId id, String rollbackPlan, String manualSteps) {
        repository.confirmRollbackPlan(id.number(), rollbackPlan, manualSteps);
    }

    /** @param end may be null: open ended */
    public void plan(ReleaseId id, Instant start, Instant end) {
        repository.plan(id.number(), start, end);
    }

    /** From here on the only ways out are success and rollback. The first call counts. */
    public void trafficBegins(ReleaseId id) {
        repository.trafficBegins(id.number(), clock.instant());
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
