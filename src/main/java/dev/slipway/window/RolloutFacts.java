package dev.slipway.window;

import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Holds;
import dev.slipway.release.ReleaseId;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Facts of the rollout that a gateway asks for. */
@Component
@InDiagrams
public class RolloutFacts {

    private final DeploymentOrderRepository orders;
    private final Holds holds;

    RolloutFacts(DeploymentOrderRepository orders, Holds holds) {
        this.orders = orders;
        this.holds = holds;
    }

    /** @return whether somebody has paused the rollout */
    public boolean onHold(DelegateExecution execution) {
        return holds.current(ReleaseVariables.releaseId(execution)).isPresent();
    }

    /**
     * @return whether the new version has been deployed in production, so that its migrations may have run; also where
     *     the deployer only took the order on, since nobody knows how far it came
     */
    public boolean deployed(DelegateExecution execution) {
        return isDeployed(ReleaseVariables.releaseId(execution));
    }

    boolean isDeployed(ReleaseId id) {
        return orders.findByReleaseNumberOrderById(id.number()).stream()
                .anyMatch(order -> order.answer() != DeploymentState.FAILED && Traffic.isDeployment(order));
    }
}
