package dev.slipway.communication;

import dev.slipway.release.Outcome;
import dev.slipway.release.Release;
import dev.slipway.release.Risk;
import java.time.Duration;
import java.time.Instant;

/** Says how a release ended (COM-4). */
final class FinalStatus {

    private FinalStatus() {}

    /** @param reason why it left the happy path; may be null */
    static String draft(Release release, Outcome outcome, String reason, Instant now) {
        var minutes = Duration.between(release.openedAt(), now).toMinutes();
        return release.name() + " " + outcome.inWords() + "."
                + (reason == null || outcome == Outcome.SUCCESSFUL ? "" : " " + reason)
                + serving(release, outcome)
                + " In charge: " + release.owner() + ". Open for "
                + (minutes < 120 ? minutes + " min." : minutes / 60 + " h.");
    }

    /** @return whether a person must read the draft first: not for a low-risk success, nor where nothing changed */
    static boolean needsConfirmation(Release release, Outcome outcome) {
        return switch (outcome) {
            case CANCELLED -> false;
            case SUCCESSFUL -> release.risk() != Risk.LOW;
            case ROLLED_BACK, FOLLOW_UP_REQUIRED -> true;
        };
    }

    private static String serving(Release release, Outcome outcome) {
        return switch (outcome) {
            case SUCCESSFUL -> " " + release.version() + " serves all traffic.";
            case ROLLED_BACK ->
                release.servingVersion() == null ? "" : " " + release.servingVersion() + " serves all traffic again.";
            case FOLLOW_UP_REQUIRED -> " What serves now must be looked at.";
            case CANCELLED -> " Nothing has changed.";
        };
    }
}
