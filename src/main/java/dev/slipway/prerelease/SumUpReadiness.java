package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Sum up readiness</em> (PRE-1 to PRE-6): what is confirmed, rejected and unanswered. */
@Component
class SumUpReadiness implements JavaDelegate {

    private final Readiness readiness;
    private final RollbackPlans plans;

    SumUpReadiness(Readiness readiness, RollbackPlans plans) {
        this.readiness = readiness;
        this.plans = plans;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var learned = ReleaseVariables.number(execution, "learnedCheckCount", 0);
        var summary = readiness.sumUp(release, execution.getVariables(), learned);
        execution.setVariable("readinessConfirmed", summary.isConfirmed());
        execution.setVariable("openPoints", summary.inWords());
        execution.setVariable("manualStepCount", plans.of(release).manualSteps().size());
        execution.setVariable("askAgain", false);
    }
}
