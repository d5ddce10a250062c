package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Task <em>Acknowledge release</em> (COM-1): this team knows. A question is passed on to the thread. */
@Component
class RecordAcknowledgement implements TaskListener {

    private final Announcements announcements;

    RecordAcknowledgement(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public void notify(DelegateTask task) {
        var team = ReleaseVariables.text(task, CommunicationVariables.TEAM);
        var earlier = ReleaseVariables.text(task, CommunicationVariables.ACKNOWLEDGED);
        task.getExecution()
                .setVariable(
                        CommunicationVariables.ACKNOWLEDGED,
                        earlier == null || earlier.isEmpty() ? team : earlier + "," + team);
        if ("question".equals(ReleaseVariables.text(task, CommunicationVariables.ACKNOWLEDGEMENT))) {
            announcements.say(
                    ReleaseVariables.releaseId(task),
                    "question:" + task.getId(),
                    team + " asks about " + ReleaseVariables.text(task, ReleaseVariables.RELEASE_NAME),
                    ReleaseVariables.text(task, CommunicationVariables.ACKNOWLEDGEMENT_NOTE));
        }
    }
}
