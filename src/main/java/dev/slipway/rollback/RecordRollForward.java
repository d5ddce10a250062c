package dev.slipway.rollback;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Record roll-forward</em> (COM-4): why there was no way back and what was done, for the final status. */
@Component
class RecordRollForward implements JavaDelegate {

    @Override
    public void execute(DelegateExecution execution) {
        var gone = new RollForward(
                ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON),
                ReleaseVariables.text(execution, RollbackVariables.NO_RETURN_REASON),
                ReleaseVariables.text(execution, RollbackVariables.ROLL_FORWARD_DECISION),
                ReleaseVariables.text(execution, RollbackVariables.ROLL_FORWARD_REASON));
        ReleaseVariables.exitReason(execution, gone.inWords());
        execution.setVariable(RollbackVariables.ROLLED_FORWARD, true);
    }
}
