package dev.slipway.rollback;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Events at which the way back gets stuck: keeps what happened, in the event's own words and the deployer's. */
@Component
class NoteTrouble implements ExecutionListener {

    @Override
    public void notify(DelegateExecution execution) {
        var event = execution.getCurrentActivityName();
        var said = ReleaseVariables.text(execution, RollbackVariables.DEPLOYMENT_MESSAGE);
        var failed = "FAILED".equals(ReleaseVariables.text(execution, RollbackVariables.DEPLOYMENT_STATE));
        execution.setVariable(RollbackVariables.TROUBLE, failed && said != null ? event + ": " + said : event + ".");
    }
}
