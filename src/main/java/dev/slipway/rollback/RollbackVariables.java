package dev.slipway.rollback;

/** What the <code>rollback</code> diagram decides on or shows, besides the deployer's part. Names equal the diagram's. */
final class RollbackVariables {

    static final String REHEARSAL = "rehearsal"; // boolean, whether the way back is only tried, on a target
    static final String REHEARSAL_BEGAN = "rehearsalBegan"; // text, ISO 8601, when the target was set up
    static final String REHEARSAL_OUTCOME = "rehearsalOutcome"; // text: PASSED, FAILED
    static final String TROUBLE = "trouble"; // text, what went wrong on the way back
    static final String NO_RETURN_REASON = "noReturnReason"; // text, why there is no way back
    static final String ROLL_FORWARD_DECISION = "rollForwardDecision"; // text, from the form
    static final String ROLL_FORWARD_REASON = "rollForwardReason"; // text, from the form
    static final String ROLLED_FORWARD = "rolledForward"; // boolean
    static final String DEPLOYMENT_STATE = "deploymentState"; // text: SUCCEEDED, FAILED, PENDING
    static final String DEPLOYMENT_MESSAGE = "deploymentMessage"; // text, what the deployer said; may be null

    private RollbackVariables() {}
}
