package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Weigh evidence</em> (PRE-1 to PRE-6): decides which checks need a person now. */
@Component
class WeighEvidence implements JavaDelegate {

    private final OpenChecks checks;

    WeighEvidence(OpenChecks checks) {
        this.checks = checks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var askAgain = Boolean.TRUE.equals(execution.getVariable("askAgain"));
        var shortPath = ReleaseVariables.number(execution, "requiredApprovals", 1) == 0;
        var learned = ReleaseVariables.number(execution, "learnedCheckCount", 0);
        var weighed = checks.weigh(release, learned, shortPath, askAgain);
        weighed.decisions().forEach(execution::setVariable);
        execution.setVariable("askAgain", askAgain);
        execution.setVariable("rehearseFirst", false);
        execution.setVariable("askedAgain", weighed.open());
    }
}
