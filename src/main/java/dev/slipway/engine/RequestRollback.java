package dev.slipway.engine;

import dev.slipway.release.EarlyEnd;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Request rollback</em> (WIN-5): what can't be done is refused while the person still has the form. */
@Component
class RequestRollback implements JavaDelegate {

    private final Steering steering;
    private final EarlyEnd earlyEnd;

    RequestRollback(Steering steering, EarlyEnd earlyEnd) {
        this.steering = steering;
        this.earlyEnd = earlyEnd;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var word = steering.read(execution);
        earlyEnd.rollBack(word.release(), word.reason(), word.by());
    }
}
