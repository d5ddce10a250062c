package dev.slipway.release;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;

/** Keeps the rehearsals of each service's way back, as a fact and as evidence (PRE-4). */
@Service
public class Rehearsals {

    private static final String SOURCE = "rehearsal";
    private static final int LONGEST_REASON = 1_500;

    private final Releases releases;
    private final RehearsalRepository rehearsals;
    private final EvidenceRepository evidence;
    private final Timeline timeline;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    Rehearsals(
            Releases releases,
            RehearsalRepository rehearsals,
            EvidenceRepository evidence,
            Timeline timeline,
            Clock clock,
            ApplicationEventPublisher events) {
        this.releases = releases;
        this.rehearsals = rehearsals;
        this.evidence = evidence;
        this.timeline = timeline;
        this.clock = clock;
        this.events = events;
    }

    /**
     * Keeps a rehearsal that ends now and went well.
     *
     * @param target      where, 1 to 100 characters
     * @param startedAt   when the way back began
     * @param manualSteps how many steps people carried out
     */
    public Rehearsal passed(ReleaseId id, String target, Instant startedAt, int manualSteps) {
        var kept = keep(id, target, startedAt, Rehearsal.Result.PASSED, null);
        var steps = manualSteps == 1 ? "1 manual step" : manualSteps + " manual steps";
        tell(id, kept, "Rehearsed on " + target + " in " + kept.seconds() + " s, " + steps + ", proved.");
        return kept;
    }

    /**
     * Keeps a rehearsal that ends now without proof.
     *
     * @param target    where, 1 to 100 characters
     * @param startedAt when the way back began; where that was not reached, when the rehearsal began
     * @param reason    why it failed, in words
     */
    public Rehearsal failed(ReleaseId id, String target, Instant startedAt, String reason) {
        var why = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON - 1) + "…";
        var kept = keep(id, target, startedAt, Rehearsal.Result.FAILED, why);
        tell(id, kept, "The rehearsal on " + target + " failed after " + kept.seconds() + " s: " + why);
        return kept;
    }

    /** @return the latest of the service, however it went */
    public Optional<Rehearsal> last(String service) {
        return rehearsals.findFirstByServiceOrderByIdDesc(service);
    }

    /** @return the latest of the service that went well */
    public Optional<Rehearsal> lastPassed(String service) {
        return rehearsals.findFirstByServiceAndOutcomeOrderByIdDesc(service, Rehearsal.Result.PASSED);
    }

    private Rehearsal keep(ReleaseId id, String target, Instant startedAt, Rehearsal.Result result, String reason) {
        var now = clock.instant();
        return rehearsals.save(new Rehearsal(
                null,
                releases.get(id).service(),
                id.number(),
                target,
                startedAt,
                now,
                Math.max(0, Duration.between(startedAt, now).toSeconds()),
                result,
                reason));
    }

    private void tell(ReleaseId id, Rehearsal kept, String summary) {
        var result = kept.outcome() == Rehearsal.Result.PASSED ? Evidence.Result.PASSED : Evidence.Result.FAILED;
        evidence.save(new Evidence(
                null,
                id.number(),
                Requirement.PRE_4.id(),
                result,
                summary,
                null,
                SOURCE,
                null,
                null,
                SOURCE,
                kept.endedAt()));
        timeline.record(id, Actor.machine(SOURCE), summary);
        events.publishEvent(new EvidenceAttached(id, Requirement.PRE_4.id()));
    }
}
