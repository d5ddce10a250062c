package dev.slipway.communication;

import dev.slipway.release.Release;

/** What concerns each team (COM-1), above the release notes. */
final class TeamNotice {

    private TeamNotice() {}

    /**
     * @param team        one of Slipway's groups
     * @param acknowledge the link by which somebody of the team says that it knows
     */
    static String of(String team, Release release, String acknowledge) {
        var concern = switch (team) {
            case "support" ->
                "Users may notice the changes below. Report what they tell you with *Report a problem* or POST /signals.";
            case "qa" -> "These changes go live; watch what you tested.";
            case "product" -> "These changes reach users in steps; business metrics are watched.";
            case "on-call" ->
                "Risks and the way back are below. " + release.owner() + " decides; you may be asked to act.";
            default -> "This release is about to go live.";
        };
        return concern + "\n\nPlease say that you know: [acknowledge here](" + acknowledge
                + "), or in Tasklist, *Acknowledge release*.";
    }
}
