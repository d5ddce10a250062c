package dev.slipway.engine;

import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.ExecutionListener;
import org.springframework.stereotype.Component;

/** The diagram <em>Release</em> has ended: the release is closed. */
@Component
class CloseRelease implements ExecutionListener {

    private final Releases releases;

    CloseRelease(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void notify(DelegateExecution execution) {
        // A request that was refused has never become a release.
        if (execution.getVariable(ReleaseVariables.RELEASE_ID) != null) {
            releases.close(ReleaseVariables.releaseId(execution));
        }
    }
}
