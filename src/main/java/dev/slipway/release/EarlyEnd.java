package dev.slipway.release;

import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Ends a release before its time. Who may ask for it is decided by the caller's room. */
@Service
public class EarlyEnd {

    private static final int LONGEST_REASON = 1_000;

    private final Releases releases;
    private final ReleaseFlow flow;
    private final Timeline timeline;

    EarlyEnd(Releases releases, ReleaseFlow flow, Timeline timeline) {
        this.releases = releases;
        this.flow = flow;
        this.timeline = timeline;
    }

    /**
     * Gives all traffic back to the version that served before.
     *
     * @param reason 1 to 1,000 characters
     * @param by     user id of who asks for it
     * @throws Refusal.Conflict where nothing has changed yet, or the release is past the point
     * @return the release as it stands now
     */
    @Transactional
    public Release rollBack(ReleaseId id, String reason, String by) {
        checkReason(reason);
        var release = releases.get(id);
        checkNotOver(release, "rolled back");
        if (!release.hasTraffic()) {
            throw new Refusal.Conflict(
                    "Release %s can't be rolled back: it has not changed anything yet (phase %s). Cancel it instead."
                            .formatted(id, release.phase()));
        }
        timeline.record(id, Actor.person(by), "Asked for a rollback: " + reason.strip());
        return told(id, ReleaseFlow.Event.ROLLBACK_REQUESTED, reason, by, "rolled back");
    }

    /**
     * Ends the release where nothing has changed yet; leads through rollback where users may have met the version.
     *
     * @param reason 1 to 1,000 characters
     * @param by     user id of who asks for it
     * @throws Refusal.Conflict where the release is past the point
     * @return the release as it stands now
     */
    @Transactional
    public Release cancel(ReleaseId id, String reason, String by) {
        checkReason(reason);
        checkNotOver(releases.get(id), "cancelled");
        timeline.record(id, Actor.person(by), "Asked to cancel: " + reason.strip());
        return told(id, ReleaseFlow.Event.CANCEL_REQUESTED, reason, by, "cancelled");
    }

    private Release told(ReleaseId id, ReleaseFlow.Event event, String reason, String by, String ended) {
        var heard = flow.tell(id, event, Map.of("exitReason", reason.strip(), "stoppedBy", by));
        if (!heard) {
            throw new Refusal.Conflict(
                    "Release %s can't be %s at this moment: it is just leaving phase %s. Look at it again, then repeat the call."
                            .formatted(id, ended, releases.get(id).phase()));
        }
        return releases.get(id);
    }

    private static void checkNotOver(Release release, String ended) {
        var why = switch (release.phase()) {
            case PRE_RELEASE, COMMUNICATION, AWAITING_WINDOW, RELEASE_WINDOW, OBSERVATION -> null;
            case ROLLBACK -> "it is being rolled back already (phase ROLLBACK). Wait for its final status.";
            case FINAL_STATUS, REVIEW, CLOSED ->
                "its outcome stands (phase %s). Open a release of the version that shall serve instead."
                        .formatted(release.phase());
        };
        if (why != null) {
            throw new Refusal.Conflict("Release %s can't be %s: %s".formatted(release.id(), ended, why));
        }
    }

    private static void checkReason(String reason) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Refusal.BadInput("reason", "reason must be 1 to 1,000 characters that say why, in words.");
        }
    }
}
