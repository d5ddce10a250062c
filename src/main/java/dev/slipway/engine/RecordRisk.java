package dev.slipway.engine;

import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Keeps what the risk table said. */
@Component
class RecordRisk implements ExecutionListener {

    private final Releases releases;

    RecordRisk(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void notify(DelegateExecution execution) {
        releases.assess(ReleaseVariables.releaseId(execution), Risk.valueOf(ReleaseVariables.text(execution, "risk")));
    }
}
