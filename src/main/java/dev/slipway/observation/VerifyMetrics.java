package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Verify metrics</em>: whether the old version is inside its absolute limits again. */
@Component
class VerifyMetrics implements JavaDelegate {

    private final Recovery recovery;

    VerifyMetrics(Recovery recovery) {
        this.recovery = recovery;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var before = (Boolean) execution.getVariable(ObservationVariables.METRICS_RECOVERED);
        var recovered = recovery.isComplete(ReleaseVariables.releaseId(execution), before);
        execution.setVariable(ObservationVariables.METRICS_RECOVERED, recovered);
    }
}
