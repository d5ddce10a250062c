package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Sum up evidence</em> (PRE-1 to PRE-6): the facts on which the risk table decides. */
@Component
class SumUpEvidence implements JavaDelegate {

    private final ReleaseFacts facts;

    SumUpEvidence(ReleaseFacts facts) {
        this.facts = facts;
    }

    @Override
    public void execute(DelegateExecution execution) {
        facts.of(ReleaseVariables.releaseId(execution)).forEach(execution::setVariable);
    }
}
