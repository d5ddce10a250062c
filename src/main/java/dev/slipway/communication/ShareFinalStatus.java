package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Outcome;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Share final status</em> (COM-4): the outcome is declared and told to everybody who got the first notice. */
@Component
class ShareFinalStatus implements JavaDelegate {

    private final Announcements announcements;
    private final Releases releases;

    ShareFinalStatus(Announcements announcements, Releases releases) {
        this.announcements = announcements;
        this.releases = releases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var id = ReleaseVariables.releaseId(execution);
        var outcome = outcome(execution);
        releases.declare(id, outcome);
        execution.setVariable(CommunicationVariables.OUTCOME, outcome.name());
        announcements.say(
                id,
                "final-status",
                releases.get(id).name() + " " + outcome.inWords(),
                ReleaseVariables.text(execution, CommunicationVariables.FINAL_STATUS));
    }

    /** Whatever is left to do makes a success one that needs follow-up; nothing makes a failure a success. */
    private static Outcome outcome(DelegateExecution execution) {
        var outcome = Outcome.valueOf(ReleaseVariables.text(execution, CommunicationVariables.OUTCOME));
        var followUp = Boolean.TRUE.equals(execution.getVariable(CommunicationVariables.FOLLOW_UP));
        return followUp && outcome == Outcome.SUCCESSFUL ? Outcome.FOLLOW_UP_REQUIRED : outcome;
    }
}
