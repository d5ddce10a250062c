package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>List parts to undo</em> (WIN-5): what was rolled out last is undone first; in a rehearsal it is its target. */
@Component
class ListParts implements JavaDelegate {

    private final Traffic traffic;

    ListParts(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var aim = WindowVariables.aim(execution);
        WindowVariables.writeToUndo(
                execution, aim.isRehearsal() ? List.of(aim) : traffic.toUndo(ReleaseVariables.releaseId(execution)));
        WindowVariables.nextAttempt(execution);
    }
}
