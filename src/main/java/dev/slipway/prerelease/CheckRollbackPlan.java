package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Task <em>Confirm rollback plan</em> (PRE-4): a vague plan can't be confirmed; it goes back with what is missing. */
@Component
class CheckRollbackPlan implements TaskListener {

    private final RollbackPlans plans;

    CheckRollbackPlan(RollbackPlans plans) {
        this.plans = plans;
    }

    @Override
    public void notify(DelegateTask task) {
        if (ReadinessCheck.CONFIRMED.equals(ReleaseVariables.text(task, "rollbackPlanDecision"))) {
            plans.check(
                    ReleaseVariables.releaseId(task),
                    ReleaseVariables.text(task, "rollbackPlan"),
                    ReleaseVariables.text(task, "manualSteps"));
        }
    }
}
