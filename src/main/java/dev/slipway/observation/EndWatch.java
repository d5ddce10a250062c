package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Watching ends with the process that began it, however it ends. */
@Component
class EndWatch implements ExecutionListener {

    private final Watching watching;

    EndWatch(Watching watching) {
        this.watching = watching;
    }

    @Override
    public void notify(DelegateExecution execution) {
        watching.end(ReleaseVariables.releaseId(execution));
    }
}
