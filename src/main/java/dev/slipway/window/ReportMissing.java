package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Event <em>No report</em>: says why the release leaves the happy path when a deployer has not answered in time. */
@Component
class ReportMissing implements ExecutionListener {

    private final Traffic traffic;

    ReportMissing(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void notify(DelegateExecution execution) {
        var part = Aim.part(ReleaseVariables.text(execution, WindowVariables.PART));
        ReleaseVariables.exitReason(execution, traffic.reportMissing(ReleaseVariables.releaseId(execution), part));
    }
}
