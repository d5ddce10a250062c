package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Task <em>Set up rehearsal</em> (PRE-4): the version is deployed on the target and gets all traffic there. Where the
 * deployer reports later, the task is entered again after its report and goes on with the next order.
 */
@Component
class SetUpRehearsal implements JavaDelegate {

    private final RehearsalSetUp setUp;
    private final Clock clock;

    SetUpRehearsal(RehearsalSetUp setUp, Clock clock) {
        this.setUp = setUp;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var progress = setUp.goOn(
                ReleaseVariables.releaseId(execution),
                WindowVariables.aim(execution),
                ReleaseVariables.number(execution, WindowVariables.REHEARSAL_ORDERS, 0),
                ReleaseVariables.text(execution, WindowVariables.DEPLOYMENT_STATE));
        execution.setVariable(WindowVariables.REHEARSAL_ORDERS, progress.orders());
        execution.setVariable(WindowVariables.REHEARSAL_BEGAN, clock.instant().toString());
        if (progress.last() != null) {
            WindowVariables.write(execution, progress.last());
        }
    }
}
