package dev.slipway.window;

import dev.slipway.release.Outcome;
import dev.slipway.release.Release;
import dev.slipway.release.WaitingFor;
import java.time.ZoneId;
import java.util.List;

/**
 * The answer to a pipeline that asks: may I deploy?
 *
 * @param decision what to do
 * @param reasons  why, a sentence each; never empty
 */
public record Gate(Decision decision, List<String> reasons) {

    private static final ZoneId UTC = ZoneId.of("UTC");

    public enum Decision {
        /** The rollout has begun, or the release was successful. */
        GO,
        /** Ask again. */
        WAIT,
        /** Not now: it will not come to a go any more, or another release freezes the service. */
        NO_GO
    }

    /**
     * @param waitingFor what the release waits for now; may be empty
     * @param hauledBack whether it is or was on its way back: before the final status is shared, the outcome does not
     *                   tell
     * @param freezing   why others must not begin while a release is under way (WIN-2), a sentence each; may be empty
     */
    static Gate of(Release release, List<WaitingFor> waitingFor, boolean hauledBack, List<String> freezing) {
        if (release.outcome() == Outcome.SUCCESSFUL) {
            return new Gate(Decision.GO, List.of(release.name() + " was successful."));
        }
        if (release.outcome() != null) {
            return new Gate(
                    Decision.NO_GO,
                    List.of(release.name() + " " + release.outcome().inWords() + "."));
        }
        return switch (release.phase()) {
            case ROLLBACK -> new Gate(Decision.NO_GO, List.of(release.name() + " is being rolled back."));
            case CLOSED -> new Gate(Decision.NO_GO, List.of(release.name() + " is closed without an outcome."));
            case RELEASE_WINDOW, OBSERVATION ->
                release.hasTraffic()
                        ? new Gate(Decision.GO, List.of("The rollout of " + release.name() + " has begun."))
                        : waits(release, waitingFor, freezing);
            case FINAL_STATUS, REVIEW -> over(release, hauledBack);
            case PRE_RELEASE, COMMUNICATION, AWAITING_WINDOW -> waits(release, waitingFor, freezing);
        };
    }

    private static Gate over(Release release, boolean hauledBack) {
        if (hauledBack) {
            return new Gate(Decision.NO_GO, List.of(release.name() + " was hauled back."));
        }
        return release.hasTraffic()
                ? new Gate(Decision.GO, List.of(release.name() + " has passed its observation period."))
                : new Gate(Decision.NO_GO, List.of(release.name() + " is being cancelled."));
    }

    private static Gate waits(Release release, List<WaitingFor> waitingFor, List<String> freezing) {
        if (!freezing.isEmpty()) {
            return new Gate(Decision.NO_GO, freezing);
        }
        if (waitingFor.isEmpty()) {
            return new Gate(Decision.WAIT, List.of(release.name() + " is on its way (phase " + release.phase() + ")."));
        }
        return new Gate(Decision.WAIT, waitingFor.stream().map(Gate::inWords).toList());
    }

    private static String inWords(WaitingFor wait) {
        var words = new StringBuilder("Waits for ")
                .append(wait.owner())
                .append(": ")
                .append(wait.task());
        if (wait.due() != null) {
            words.append(", due ").append(Wording.time(wait.due(), UTC));
        }
        words.append('.');
        if (wait.fallback() != null) {
            words.append(" If nobody acts: ").append(wait.fallback()).append('.');
        }
        return words.toString();
    }
}
