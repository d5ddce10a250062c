package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;

/**
 * A release that is watched, as long as its token is where it is watched.
 *
 * @param release        which release
 * @param definitionId   the definition pinned to it
 * @param version        the new version
 * @param servingVersion the version to compare with; may be null
 * @param interval       between two looks
 * @param beganAt        when watching began
 * @param stage          what its looks are kept under
 * @param stageBeganAt   null before the first stage: nothing is known to have traffic
 * @param extendedAt     when the stage was last extended; null where never
 * @param extensions     how often
 * @param plannedEnd     of the stage; null before the first
 * @param nextDue        when it is looked at next; all looks lie on the grid through it, but one at the end of a stage
 * @param lastLook       null before the first
 * @param verdict        of the last look; null before the first
 * @param reason         of the verdict, in words; may be null
 * @param toldAt         when the diagram was told that it failed; null where not
 */
record Watch(
        ReleaseId release,
        long definitionId,
        String version,
        String servingVersion,
        Duration interval,
        Instant beganAt,
        String stage,
        Instant stageBeganAt,
        Instant extendedAt,
        int extensions,
        Instant plannedEnd,
        Instant nextDue,
        Instant lastLook,
        Verdict verdict,
        String reason,
        Instant toldAt) {

    boolean hasBegunAStage() {
        return stageBeganAt != null;
    }

    boolean hasFailed() {
        return verdict == Verdict.FAIL;
    }

    /** @return when the looks that are planned now began */
    Instant planBeganAt() {
        return extendedAt == null ? stageBeganAt : extendedAt;
    }

    /** @return how many looks fit into the stage, or into its extension; at least 1 */
    int plannedLooks() {
        return plannedEnd == null
                ? 1
                : (int) Math.max(1, Duration.between(planBeganAt(), plannedEnd).dividedBy(interval));
    }

    /** The instants at which it is looked at. */
    Grid grid() {
        return Grid.through(nextDue, interval);
    }

    /**
     * @return whether the end of the stage needs a look of its own: the last is an interval old, or there was none in
     *     this stage, or the stage began between two instants of the grid, so that its first look came early
     */
    boolean isDueAtEnd(Instant now) {
        return lastLook == null
                || (hasBegunAStage() && lastLook.isBefore(stageBeganAt))
                || !now.isBefore(lastLook.plus(interval))
                || (beganBetweenLooks() && lastLook.isBefore(now));
    }

    /** The cut interval at the beginning is made up for at the end; an extension needs that no second time. */
    private boolean beganBetweenLooks() {
        return hasBegunAStage()
                && extendedAt == null
                && !grid().at(stageBeganAt).equals(stageBeganAt);
    }
}
