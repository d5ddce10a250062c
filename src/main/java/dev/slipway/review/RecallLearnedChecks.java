package dev.slipway.review;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Recall learned checks</em> (LRN-5): what earlier failed releases of this service taught. */
@Component
class RecallLearnedChecks implements JavaDelegate {

    private final Lessons lessons;

    RecallLearnedChecks(Lessons lessons) {
        this.lessons = lessons;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var service = ReleaseVariables.text(execution, ReleaseVariables.SERVICE);
        execution.setVariable("learnedCheckCount", lessons.of(service).size());
    }
}
