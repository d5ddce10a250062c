package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Task <em>Rework release</em>, when it is done: a new revision is taken over, and everything is looked up anew. */
@Component
class TakeRework implements TaskListener {

    private final Releases releases;

    TakeRework(Releases releases) {
        this.releases = releases;
    }

    @Override
    public void notify(DelegateTask task) {
        var revision = ReleaseVariables.text(task, "newRevision");
        if (revision != null && !revision.isBlank()) {
            releases.revise(ReleaseVariables.releaseId(task), revision.strip());
        }
        task.getExecution().setVariable("renewal", false);
    }
}
