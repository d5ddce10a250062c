package dev.slipway.prerelease;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import java.util.ArrayList;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Gather evidence</em> (PRE-1, PRE-2): sums up what is known before anyone is asked, and opens every check. */
@Component
class GatherEvidence implements JavaDelegate {

    private final KnownEvidence known;
    private final Timeline timeline;

    GatherEvidence(KnownEvidence known, Timeline timeline) {
        this.known = known;
        this.timeline = timeline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var checks = new ArrayList<>(ReadinessCheck.ALWAYS);
        checks.add(ReadinessCheck.LEARNED);
        checks.addAll(ReadinessCheck.SCHEMA);
        checks.forEach(check -> execution.setVariable(check.decision(), null));
        execution.setVariable("askAgain", false);
        timeline.record(
                release,
                Actor.machine("gather-evidence"),
                "Evidence gathered from the request and from pipelines.",
                known.scope(release) + "\n\n" + known.dependencies(release));
    }
}
