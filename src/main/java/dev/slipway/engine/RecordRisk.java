package dev.slipway.engine;

import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import java.util.Map;
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
        // The outputs are mapped after this listener: what the table said is still in its own result.
        var demands = (Map<?, ?>) execution.getVariable("demands");
        releases.assess(
                ReleaseVariables.releaseId(execution),
                Risk.valueOf(demands.get("risk").toString()));
    }
}
