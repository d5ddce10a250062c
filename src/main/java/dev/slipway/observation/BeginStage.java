package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** A stage begins with each <em>Bake</em> and with the <em>Observation period</em>; the same one again is extended. */
@Component
class BeginStage implements ExecutionListener {

    private final Watching watching;

    BeginStage(Watching watching) {
        this.watching = watching;
    }

    @Override
    public void notify(DelegateExecution execution) {
        watching.beginStage(
                ReleaseVariables.releaseId(execution),
                ObservationVariables.step(execution),
                ObservationVariables.bake(execution),
                ObservationVariables.observationFactor(execution));
    }
}
