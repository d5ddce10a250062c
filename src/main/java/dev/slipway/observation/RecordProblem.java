package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Record problem</em> (OBS-5): what can't be taken is refused while the person still has the form. */
@Component
class RecordProblem implements JavaDelegate {

    private final ProblemReports reports;

    RecordProblem(ProblemReports reports) {
        this.reports = reports;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReportVariables.release(execution);
        execution.setProcessBusinessKey(release.toString());
        reports.report(
                release,
                ReportVariables.choice(execution, ReportVariables.KIND, ProblemReports.Kind.class),
                ReportVariables.choice(execution, ReportVariables.SEVERITY, ProblemReports.Severity.class),
                ReleaseVariables.text(execution, ReportVariables.TEXT),
                ReleaseVariables.text(execution, ReportVariables.REPORTER));
    }
}
