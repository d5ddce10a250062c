package dev.slipway.prerelease;

import dev.slipway.engine.InDiagrams;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Whether the way back must be rehearsed before the release (PRE-4). */
@InDiagrams
@Component
public class Rehearsals {

    /** @return whether the risk demands a rehearsal and the service names a target on which it can be done */
    public boolean owed(DelegateExecution execution) {
        return Boolean.TRUE.equals(execution.getVariable("rehearsalNeeded"))
                && !Boolean.TRUE.equals(execution.getVariable("renewal"));
    }
}
