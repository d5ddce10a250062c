package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Announce roll-forward</em> (COM-1, COM-3): everybody who got the first notice hears that there is no way back. */
@Component
class AnnounceRollForward implements JavaDelegate {

    private final Announcements announcements;

    AnnounceRollForward(Announcements announcements) {
        this.announcements = announcements;
    }

    @Override
    public void execute(DelegateExecution execution) {
        announcements.say(
                ReleaseVariables.releaseId(execution),
                "roll-forward",
                ReleaseVariables.text(execution, ReleaseVariables.RELEASE_NAME)
                        + " is in trouble and can't be rolled back: the way is forward",
                ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON));
    }
}
