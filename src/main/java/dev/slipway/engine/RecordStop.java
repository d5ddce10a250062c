package dev.slipway.engine;

import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tasks <em>Record rollback request</em> and <em>Record cancel request</em> (WIN-5): who stopped the release, and why. */
@Component
class RecordStop implements JavaDelegate {

    static final String STOPPED_BY = "stoppedBy"; // text, user id

    private final Timeline timeline;

    RecordStop(Timeline timeline) {
        this.timeline = timeline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var who = ReleaseVariables.text(execution, STOPPED_BY);
        var reason = ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON);
        var asked = execution.getCurrentActivityName();
        timeline.record(
                ReleaseVariables.releaseId(execution),
                who == null ? Actor.machine("message") : Actor.person(who),
                asked.replace("Record ", "").replace("request", "requested") + ": "
                        + (reason == null ? "no reason given" : reason));
        if (reason == null) {
            ReleaseVariables.exitReason(execution, "Stopped without a reason.");
        }
    }
}
