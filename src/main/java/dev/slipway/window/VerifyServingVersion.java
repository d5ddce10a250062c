package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Verify serving version</em>: the deployer is asked, not a memory, whether the old version serves alone. */
@Component
class VerifyServingVersion implements JavaDelegate {

    private final Traffic traffic;

    VerifyServingVersion(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var serving = traffic.verifyOldVersion(
                ReleaseVariables.releaseId(execution),
                WindowVariables.aim(execution),
                ReleaseVariables.text(execution, WindowVariables.SERVING_ANSWER));
        execution.setVariable(WindowVariables.OLD_VERSION_SERVES, serving.oldVersionServes());
        execution.setVariable(WindowVariables.SERVING_ANSWER, serving.answer());
    }
}
