package dev.slipway.engine;

import dev.slipway.release.Phase;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The element that is entered begins a phase of the release: property {@code phase}. */
@Component
class EnterPhase implements ExecutionListener {

    static final String PROPERTY = "phase";

    private final Releases releases;
    private final DiagramProperties properties;

    EnterPhase(Releases releases, DiagramProperties properties) {
        this.releases = releases;
        this.properties = properties;
    }

    @Override
    public void notify(DelegateExecution execution) {
        var phase = properties
                .of(execution.getProcessDefinitionId(), execution.getCurrentActivityId())
                .get(PROPERTY);
        releases.enter(ReleaseVariables.releaseId(execution), Phase.valueOf(phase));
    }
}
