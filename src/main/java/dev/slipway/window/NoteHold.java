package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Hold;
import dev.slipway.release.Holds;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** On the way to task <em>Hold rollout</em>: who paused the rollout and why, for the task's briefing. */
@Component
class NoteHold implements ExecutionListener {

    private final Holds holds;

    NoteHold(Holds holds) {
        this.holds = holds;
    }

    @Override
    public void notify(DelegateExecution execution) {
        execution.setVariable(
                WindowVariables.HOLD_REASON,
                holds.current(ReleaseVariables.releaseId(execution))
                        .map(Hold::inWords)
                        .orElse("no reason given"));
    }
}
