package dev.slipway.observation;

import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** How long a release is observed: what the service says, as much longer as the risk table says. */
@InDiagrams
@Component
public class ObservationPlan {

    private final Watching watching;

    ObservationPlan(Watching watching) {
        this.watching = watching;
    }

    /** @return an ISO 8601 duration */
    public String period(DelegateExecution execution) {
        return watching.period(ReleaseVariables.releaseId(execution), ObservationVariables.observationFactor(execution))
                .toString();
    }
}
