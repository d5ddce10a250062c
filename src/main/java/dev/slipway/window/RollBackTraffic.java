package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Roll back traffic</em> (WIN-5): the version that served before gets all traffic, in a rehearsal on its target. */
@Component
class RollBackTraffic implements JavaDelegate {

    private final Traffic traffic;

    RollBackTraffic(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        // A retried job begins from the stored number again, so that it keeps its key; a new attempt gets a new one.
        var attempt = ReleaseVariables.number(execution, WindowVariables.ROLLBACK_ATTEMPT, 0) + 1;
        execution.setVariable(WindowVariables.ROLLBACK_ATTEMPT, attempt);
        WindowVariables.write(
                execution,
                traffic.rollBack(ReleaseVariables.releaseId(execution), WindowVariables.aim(execution), attempt));
    }
}
