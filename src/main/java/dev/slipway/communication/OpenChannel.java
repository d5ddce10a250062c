package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Open channel</em> (COM-3): the one thread of this release. */
@Component
class OpenChannel implements JavaDelegate {

    private final Announcements announcements;

    OpenChannel(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public void execute(DelegateExecution execution) {
        execution.setVariable(CommunicationVariables.THREAD, announcements.open(ReleaseVariables.releaseId(execution)));
    }
}
