package dev.slipway.engine;

import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseRequest;
import dev.slipway.release.Releases;
import dev.slipway.release.WaitingFor;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** Moves releases through the diagrams by messages; reads from the engine what they wait for. */
@Service
class EngineReleaseFlow implements ReleaseFlow {

    private static final Logger LOG = LoggerFactory.getLogger(EngineReleaseFlow.class);
    private static final int TRIES = 5;

    /** A variable of an event that must equal the variable of the waiting diagram: which order a report answers. */
    private static final String ORDER = "deploymentKey";

    private final RuntimeService runtime;
    private final EngineIdentity identity;
    private final ReleaseOpening opening;
    private final Releases releases;
    private final OpenWaits waits;
    private final Answering answering;
    private final TransactionTemplate transaction;

    EngineReleaseFlow(
            RuntimeService runtime,
            EngineIdentity identity,
            ReleaseOpening opening,
            Releases releases,
            OpenWaits waits,
            Answering answering,
            TransactionTemplate transaction) {
        this.runtime = runtime;
        this.identity = identity;
        this.opening = opening;
        this.releases = releases;
        this.waits = waits;
        this.answering = answering;
        this.transaction = transaction;
    }

    @Override
    public Release open(ReleaseRequest request) {
        var key = request.idempotencyKey();
        if (key != null) {
            var earlier = releases.opened(key);
            if (earlier.isPresent()) {
                return earlier.get();
            }
        }
        try {
            return transaction.execute(status -> begin(request));
        } catch (DataIntegrityViolationException e) {
            // Two requests with one key at the same moment: the other one has opened the release.
            if (key == null) {
                throw e;
            }
            return releases.opened(key).orElseThrow(() -> e);
        }
    }

    private Release begin(ReleaseRequest request) {
        var release = opening.open(request);
        identity.asSystem(() -> runtime.createMessageCorrelation("ReleaseRequested")
                .processInstanceBusinessKey(release.id().toString())
                .setVariable(ReleaseVariables.RELEASE_ID, release.id().toString())
                .correlateStartMessage());
        return releases.get(release.id());
    }

    @Override
    public boolean tell(ReleaseId release, Event event, Map<String, Object> details) {
        for (var attempt = 1; ; attempt++) {
            try {
                return identity.asSystem(() -> correlate(release, event, details));
            } catch (OptimisticLockingException e) {
                // A timer or another message moved the same token at the same moment: look again where it is now.
                if (attempt == TRIES) {
                    throw e;
                }
                LOG.debug("{}: {} met another step, trying again", release, event);
            }
        }
    }

    private boolean correlate(ReleaseId release, Event event, Map<String, Object> details) {
        var correlation = runtime.createMessageCorrelation(message(event))
                .processInstanceBusinessKey(release.toString())
                .setVariables(details);
        if (details.containsKey(ORDER)) {
            correlation.processInstanceVariableEquals(ORDER, details.get(ORDER));
        }
        return !correlation.correlateAllWithResult().isEmpty();
    }

    private static String message(Event event) {
        return switch (event) {
            case THRESHOLD_BREACHED -> "ThresholdBreached";
            case ALERT_FIRED -> "AlertFired";
            case PROBLEM_REPORTED -> "ProblemReported";
            case DEPLOYMENT_REPORTED -> "DeploymentReported";
            case ROLLBACK_REQUESTED -> "RollbackRequested";
            case CANCEL_REQUESTED -> "CancelRequested";
        };
    }

    @Override
    public void answer(ReleaseId release, String task, String person, Map<String, Object> answers) {
        answering.answer(release, task, person, answers);
    }

    @Override
    public Question question(ReleaseId release, String task, String person) {
        return answering.question(release, task, person);
    }

    @Override
    public boolean isAsked(ReleaseId release, String task) {
        return answering.isOpen(release, task);
    }

    @Override
    public List<WaitingFor> waitingFor(ReleaseId release) {
        if (releases.find(release).isEmpty()) {
            throw new Refusal.NotFound("There is no release " + release + ".");
        }
        return identity.asSystem(() -> waits.of(release));
    }
}
