package dev.slipway.communication;

import dev.slipway.release.Release;

/** What concerns each team (COM-1), above the release notes. */
final class TeamNotice {

    private TeamNotice() {}

    /** @param team one of Slipway's groups */
    static String of(String team, Release release) {
        var concern = switch (team) {
            case "support" ->
                "Users may notice the changes below. Report what they tell you with *Report a problem* or POST /signals.";
            case "qa" -> "These changes go live; watch what you tested.";
            case "product" -> "These changes reach users in steps; business metrics are watched.";
            case "on-call" ->
                "Risks and the way back are below. " + release.owner() + " decides; you may be asked to act.";
            default -> "This release is about to go live.";
        };
        return concern + "\n\nPlease acknowledge in Tasklist: *Acknowledge release*.";
    }
}
