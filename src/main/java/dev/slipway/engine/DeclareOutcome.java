package dev.slipway.engine;

import dev.slipway.release.Outcome;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The end event that is reached says how the release ended: property {@code outcome}. What was declared before stays. */
@Component
class DeclareOutcome implements ExecutionListener {

    static final String PROPERTY = "outcome";

    private final Releases releases;
    private final DiagramProperties properties;

    DeclareOutcome(Releases releases, DiagramProperties properties) {
        this.releases = releases;
        this.properties = properties;
    }

    @Override
    public void notify(DelegateExecution execution) {
        var outcome = properties
                .of(execution.getProcessDefinitionId(), execution.getCurrentActivityId())
                .get(PROPERTY);
        releases.declare(ReleaseVariables.releaseId(execution), Outcome.valueOf(outcome));
    }
}
