package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Watching begins with the first step of the rollout, and again with the observation (WIN-4, OBS-1 to OBS-4). */
@Component
class BeginWatch implements ExecutionListener {

    private final Watching watching;

    BeginWatch(Watching watching) {
        this.watching = watching;
    }

    @Override
    public void notify(DelegateExecution execution) {
        watching.beginUnlessWatched(ReleaseVariables.releaseId(execution));
    }
}
