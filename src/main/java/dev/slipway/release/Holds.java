package dev.slipway.release;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Pauses a rollout and lets it go on. A hold takes effect before the next step: traffic stays as it is and watching goes
 * on. Who may ask for it is decided by the caller's room.
 */
@Service
public class Holds {

    /** The user task in which a held rollout waits. */
    private static final String TASK = "hold-rollout";

    private static final int LONGEST_REASON = 1_000;

    private final HoldRepository repository;
    private final Releases releases;
    private final ReleaseFlow flow;
    private final Timeline timeline;
    private final Clock clock;

    Holds(HoldRepository repository, Releases releases, ReleaseFlow flow, Timeline timeline, Clock clock) {
        this.repository = repository;
        this.releases = releases;
        this.flow = flow;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** @return the hold that is on; empty where the release may go on */
    public Optional<Hold> current(ReleaseId id) {
        return repository.findFirstByReleaseNumberAndLiftedAtIsNullOrderByIdDesc(id.number());
    }

    /**
     * @param reason 1 to 1,000 characters
     * @param by     user id of who asks for it
     * @throws Refusal.Conflict where it is on hold already, or has no step before it any more
     * @return the release as it stands now
     */
    @Transactional
    public Release hold(ReleaseId id, String reason, String by) {
        checkReason(reason);
        releases.hold(id);
        var release = releases.get(id);
        switch (release.phase()) {
            case PRE_RELEASE, COMMUNICATION, AWAITING_WINDOW, RELEASE_WINDOW -> {}
            case OBSERVATION, ROLLBACK, FINAL_STATUS, REVIEW, CLOSED ->
                throw new Refusal.Conflict(
                        "Release %s can't be put on hold: no step of its rollout is left (phase %s). Roll it back instead, where that is what you want."
                                .formatted(id, release.phase()));
        }
        current(id).ifPresent(hold -> {
            throw new Refusal.Conflict("Release %s is on hold already. %s".formatted(id, hold.inWords()));
        });
        repository.save(new Hold(null, id.number(), reason.strip(), by, clock.instant(), null, null));
        timeline.record(id, Actor.person(by), "Put on hold before its next step: " + reason.strip());
        return release;
    }

    /**
     * @param reason 1 to 1,000 characters
     * @param by     user id of who asks for it
     * @throws Refusal.Conflict where it is not on hold
     * @return the release as it stands now
     */
    @Transactional
    public Release resume(ReleaseId id, String reason, String by) {
        checkReason(reason);
        releases.hold(id);
        if (current(id).isEmpty()) {
            throw new Refusal.Conflict("Release %s is not on hold.".formatted(id));
        }
        if (flow.isAsked(id, TASK)) {
            flow.answer(id, TASK, by, Map.of("holdDecision", "resume", "holdNote", reason.strip()));
        } else {
            lift(id, reason, by);
        }
        return releases.get(id);
    }

    /** Lets the release go on; does nothing where it is not on hold. */
    public void lift(ReleaseId id, String reason, String by) {
        if (repository.lift(id.number(), by, clock.instant()) > 0) {
            timeline.record(
                    id,
                    by == null ? Actor.machine("rollout") : Actor.person(by),
                    "No longer on hold" + (reason == null || reason.isBlank() ? "." : ": " + reason.strip()));
        }
    }

    private static void checkReason(String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Refusal.BadInput("reason", "reason must be 1 to 1,000 characters that say why, in words.");
        }
    }
}
