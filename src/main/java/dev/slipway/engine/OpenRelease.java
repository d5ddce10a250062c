package dev.slipway.engine;

import dev.slipway.release.Outcome;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/**
 * Task <em>Open release</em> (PRE-1, PRE-5): the request becomes a release with an id, an owner and a pinned service
 * definition. A request over the API was checked and opened already; one by form or message is opened here.
 */
@Component
class OpenRelease implements JavaDelegate {

    /** Of so many releases the failed ones are counted. */
    private static final int RECENT = 5;

    private final ReleaseOpening opening;
    private final Releases releases;
    private final EngineIdentity identity;

    OpenRelease(ReleaseOpening opening, Releases releases, EngineIdentity identity) {
        this.opening = opening;
        this.releases = releases;
        this.identity = identity;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var opened = ReleaseId.parse(ReleaseVariables.text(execution, ReleaseVariables.RELEASE_ID));
        var release = opened.isPresent()
                ? releases.get(opened.get())
                : opening.open(RequestForm.read(execution, identity.user().orElse("message")));
        execution.removeVariables(RequestForm.ONLY_FOR_OPENING);
        execution.setProcessBusinessKey(release.id().toString());
        describe(execution, release);
    }

    private void describe(DelegateExecution execution, Release release) {
        execution.setVariable(ReleaseVariables.RELEASE_ID, release.id().toString());
        execution.setVariable(ReleaseVariables.RELEASE_NAME, release.name());
        execution.setVariable(ReleaseVariables.SERVICE, release.service());
        execution.setVariable(ReleaseVariables.VERSION, release.version());
        execution.setVariable(ReleaseVariables.OWNER, release.owner());
        execution.setVariable(ReleaseVariables.REQUESTED_BY, release.requestedBy());
        execution.setVariable("changeCount", release.changes().size());
        execution.setVariable(
                "manualStepCount",
                opening.definition(release).rollbackPlan(release).manualSteps().size());
        execution.setVariable("schemaChange", release.schemaChange());
        execution.setVariable("pointOfNoReturn", false);
        execution.setVariable("noReturnReason", "");
        execution.setVariable(
                "lastOutcome",
                releases.lastOutcome(release.service(), release.id())
                        .map(Outcome::name)
                        .orElse("NONE"));
        execution.setVariable("recentFailures", releases.failuresAmongLast(release.service(), RECENT));
        // Nobody has looked yet; pre-release puts what is found in their place.
        execution.setVariable("migrationVerdict", "UNKNOWN");
        execution.setVariable("batchRatio", 1.0);
        execution.setVariable("dependencyKinds", 0);
        execution.setVariable("rehearsalAgeDays", -1);
        execution.setVariable("usualWindow", true);
        execution.setVariable("evidenceComplete", false);
        execution.setVariable(
                "strategy", opening.definition(release).rollout().strategy().name());
    }
}
