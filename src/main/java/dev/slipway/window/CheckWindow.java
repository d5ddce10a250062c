package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Check window</em> (WIN-1, WIN-2): may the release begin, now that its window opens? */
@Component
class CheckWindow implements JavaDelegate {

    private final WindowChecks checks;

    CheckWindow(WindowChecks checks) {
        this.checks = checks;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var found = checks.check(ReleaseVariables.releaseId(execution));
        execution.setVariable(WindowVariables.WINDOW_CLEAR, found.clear());
        execution.setVariable(WindowVariables.WINDOW_REASON, found.reason());
        // Why it was no go the last time says nothing about this window.
        execution.setVariable(WindowVariables.GO_REASON, null);
    }
}
