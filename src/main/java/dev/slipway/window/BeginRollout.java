package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Begin rollout</em> (WIN-2, WIN-3): other releases of the service are frozen, and the steps laid out. */
@Component
class BeginRollout implements JavaDelegate {

    private final RolloutSteps rollout;

    BeginRollout(RolloutSteps rollout) {
        this.rollout = rollout;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var steps = rollout.begin(ReleaseVariables.releaseId(execution), WindowVariables.demand(execution));
        execution.setVariable(WindowVariables.STEP, 0);
        execution.setVariable(WindowVariables.NEXT_STEP, 0);
        execution.setVariable(WindowVariables.STEP_COUNT, steps.size());
    }
}
