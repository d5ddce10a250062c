package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Roll back traffic</em> (WIN-5): the version that served before gets all traffic of the next part. */
@Component
class RollBackTraffic implements JavaDelegate {

    private final Traffic traffic;

    RollBackTraffic(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        if (!execution.hasVariable(WindowVariables.NEXT_PART)) {
            // A release that opened before parts were listed: its diagram has no task for that.
            WindowVariables.nextAttempt(execution);
        }
        var part = ReleaseVariables.number(execution, WindowVariables.NEXT_PART, 0);
        WindowVariables.write(
                execution,
                traffic.rollBack(
                        ReleaseVariables.releaseId(execution),
                        WindowVariables.toUndo(execution).get(part),
                        ReleaseVariables.number(execution, WindowVariables.ROLLBACK_ATTEMPT, 1)));
    }
}
