package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Holds;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** On the way back from task <em>Hold rollout</em>: the rollout goes on. */
@Component
class LiftHold implements ExecutionListener {

    private final Holds holds;

    LiftHold(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void notify(DelegateExecution execution) {
        var acting = execution.getProcessEngineServices().getIdentityService().getCurrentAuthentication();
        holds.lift(
                ReleaseVariables.releaseId(execution),
                ReleaseVariables.text(execution, WindowVariables.HOLD_NOTE),
                acting == null ? null : acting.getUserId());
    }
}
