package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Record note</em> (OBS-1): what can't be taken is refused while the person still has the form. */
@Component
class RecordNote implements JavaDelegate {

    private final ProblemReports reports;

    RecordNote(ProblemReports reports) {
        this.reports = reports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReportVariables.release(execution);
        execution.setProcessBusinessKey(release.toString());
        reports.note(
                release,
                ReleaseVariables.text(execution, ReportVariables.TEXT),
                ReleaseVariables.text(execution, ReportVariables.REPORTER));
    }
}
