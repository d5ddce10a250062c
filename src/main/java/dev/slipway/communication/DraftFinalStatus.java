package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Outcome;
import dev.slipway.release.Releases;
import java.time.Clock;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Draft final status</em> (COM-4). */
@Component
class DraftFinalStatus implements JavaDelegate {

    private final Releases releases;
    private final Clock clock;

    DraftFinalStatus(Releases releases, Clock clock) {
        this.releases = releases;
        this.clock = clock;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = releases.get(ReleaseVariables.releaseId(execution));
        var outcome = Outcome.valueOf(ReleaseVariables.text(execution, CommunicationVariables.OUTCOME));
        var reason = ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON);
        execution.setVariable(
                CommunicationVariables.FINAL_STATUS, FinalStatus.draft(release, outcome, reason, clock.instant()));
        execution.setVariable(CommunicationVariables.CONFIRM_STATUS, FinalStatus.needsConfirmation(release, outcome));
        execution.setVariable(CommunicationVariables.FOLLOW_UP, false);
    }
}
