package dev.slipway.engine;

import dev.slipway.release.Refusal;
import java.util.Set;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** Event <em>Word given</em>: nothing that was not asked for is done, whoever starts the diagram and however. */
@Component
class CheckSteering implements ExecutionListener {

    private static final String STEERING = "steering"; // text
    private static final Set<String> KNOWN = Set.of("ROLL_BACK", "HOLD", "RESUME");

    @Override
    public void notify(DelegateExecution execution) {
        var asked = ReleaseVariables.text(execution, STEERING);
        if (asked == null || !KNOWN.contains(asked)) {
            throw new Refusal.BadInput(STEERING, "steering must be one of ROLL_BACK, HOLD, RESUME.");
        }
    }
}
