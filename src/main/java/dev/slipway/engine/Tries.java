package dev.slipway.engine;

import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.runtime.Job;
import org.springframework.stereotype.Component;

/** How often the engine still tries a step that failed. */
@Component
public class Tries {

    /** @return whether a failure now would be final: an incident, or the caller's where no job is executed */
    public boolean isLast(DelegateExecution execution) {
        return execution
                .getProcessEngineServices()
                .getManagementService()
                .createJobQuery()
                .executionId(execution.getId())
                .messages()
                .list()
                .stream()
                .mapToInt(Job::getRetries)
                .allMatch(left -> left <= 1);
    }
}
