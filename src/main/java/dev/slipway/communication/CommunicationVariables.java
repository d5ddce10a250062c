package dev.slipway.communication;

/** What the diagrams of communication and final status decide on or show. Names equal the diagrams'. */
final class CommunicationVariables {

    static final String RELEASE_NOTES = "releaseNotes"; // text, Markdown
    static final String THREAD = "thread"; // text, link
    static final String TEAM = "team"; // text, one of Slipway's groups
    static final String ACKNOWLEDGEMENT = "acknowledgement"; // text: known, question; null while silent
    static final String ACKNOWLEDGEMENT_NOTE = "acknowledgementNote"; // text
    static final String ACKNOWLEDGED = "acknowledgedTeams"; // text, teams separated by commas
    static final String SILENT = "silentTeams"; // text, teams separated by commas
    static final String OUTCOME = "outcome"; // text, an Outcome
    static final String CONFIRM_STATUS = "confirmStatus"; // boolean, whether a person must confirm the final status
    static final String FINAL_STATUS = "finalStatus"; // text, Markdown
    static final String FOLLOW_UP = "followUpRequired"; // boolean
    static final String DOUBT = "doubt"; // text, why a verdict is inconclusive
    static final String COURSE = "course"; // text, how the metrics in doubt went, a line each
    static final String REHEARSAL = "rehearsal"; // boolean, whether the way back is only tried, on a target

    private CommunicationVariables() {}
}
