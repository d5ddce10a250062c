package dev.slipway.engine;

import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Keeps what the risk table said. */
@Component
class RecordRisk implements ExecutionListener {

    private final Releases releases;
    private final RiskDemands riskDemands;

    RecordRisk(Releases releases, RiskDemands riskDemands) {
        this.releases = releases;
        this.riskDemands = riskDemands;
    }

    @Override
    public void notify(DelegateExecution execution) {
        // The outputs are mapped after this listener: what the table said is still in its own result.
        @SuppressWarnings("unchecked")
        var demands = (List<Map<String, Object>>) execution.getVariable("demands");
        releases.assess(
                ReleaseVariables.releaseId(execution),
                Risk.valueOf(riskDemands.risk(demands)),
                riskDemands.reasons(demands));
    }
}
