package dev.slipway.review;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Record lessons</em> (LRN-5): kept for the next release of this service. */
@Component
class RecordLessons implements JavaDelegate {

    private final Lessons lessons;

    RecordLessons(Lessons lessons) {
        this.lessons = lessons;
    }

    @Override
    public void execute(DelegateExecution execution) {
        lessons.record(
                ReleaseVariables.releaseId(execution),
                ReleaseVariables.text(execution, "newChecks"),
                ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON));
    }
}
