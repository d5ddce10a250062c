package dev.slipway.window;

import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** How long the rollout's waits take; for timers in diagrams. */
@Component
@InDiagrams
public class RolloutPlan {

    private final RolloutSteps steps;

    RolloutPlan(RolloutSteps steps) {
        this.steps = steps;
    }

    /** @return how long the current step is watched, as an ISO 8601 duration */
    public String bake(DelegateExecution execution) {
        var laid = steps.of(ReleaseVariables.releaseId(execution), WindowVariables.demand(execution));
        return laid.get(ReleaseVariables.number(execution, WindowVariables.STEP, 0))
                .step()
                .bake()
                .toString();
    }

    /** @return how many parts are rolled out one after the other, at least one */
    public int partCount(DelegateExecution execution) {
        return steps.partCount(ReleaseVariables.releaseId(execution));
    }

    /** @return how long a deployer that answers later may take, as an ISO 8601 duration */
    public String reportWithin(DelegateExecution execution) {
        return steps.reportWithin(ReleaseVariables.releaseId(execution)).toString();
    }
}
