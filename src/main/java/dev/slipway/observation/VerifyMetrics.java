package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Task <em>Verify metrics</em>: whether the old version is inside its absolute limits again, and has been for as long as
 * its service demands.
 */
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
        var since = recovered ? since(execution) : null;
        execution.setVariable(ObservationVariables.RECOVERED_SINCE, since == null ? null : since.toString());
        execution.setVariable(
                ObservationVariables.RECOVERY_PROVEN, recovery.isProven(ReleaseVariables.releaseId(execution), since));
    }

    private Instant since(DelegateExecution execution) {
        var known = ReleaseVariables.text(execution, ObservationVariables.RECOVERED_SINCE);
        return known == null ? recovery.now() : Instant.parse(known);
    }
}
