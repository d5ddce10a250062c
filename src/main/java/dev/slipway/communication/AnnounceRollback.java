package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Announce rollback</em> (COM-1, COM-3): everybody who got the first notice hears that it is hauled back. */
@Component
class AnnounceRollback implements JavaDelegate {

    private final Announcements announcements;

    AnnounceRollback(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public void execute(DelegateExecution execution) {
        announcements.say(
                ReleaseVariables.releaseId(execution),
                "rollback",
                ReleaseVariables.text(execution, CommunicationVariables.THREAD),
                ReleaseVariables.text(execution, ReleaseVariables.RELEASE_NAME) + " is being rolled back",
                ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON));
    }
}
