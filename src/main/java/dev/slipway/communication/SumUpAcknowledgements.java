package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Sum up acknowledgements</em> (COM-1): who is silent, for go or no-go. */
@Component
class SumUpAcknowledgements implements JavaDelegate {

    private final Announcements announcements;
    private final Timeline timeline;

    SumUpAcknowledgements(Announcements announcements, Timeline timeline) {
        this.announcements = announcements;
        this.timeline = timeline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var acknowledged = ReleaseVariables.text(execution, CommunicationVariables.ACKNOWLEDGED);
        var silent = new ArrayList<>(
                announcements.definition(release).communication().teams());
        silent.removeAll(List.of((acknowledged == null ? "" : acknowledged).split(",")));
        execution.setVariable(CommunicationVariables.SILENT, String.join(", ", silent));
        timeline.record(
                release,
                Actor.machine("communication"),
                silent.isEmpty() ? "Every team knows." : "Silent: " + String.join(", ", silent) + ".");
    }
}
