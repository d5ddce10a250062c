package dev.slipway.engine;

import dev.slipway.release.Holds;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Resume rollout</em> (WIN-3): what can't be done is refused while the person still has the form. */
@Component
class ResumeRollout implements JavaDelegate {

    private final Steering steering;
    private final Holds holds;

    ResumeRollout(Steering steering, Holds holds) {
        this.steering = steering;
        this.holds = holds;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var word = steering.read(execution);
        holds.resume(word.release(), word.reason(), word.by());
    }
}
