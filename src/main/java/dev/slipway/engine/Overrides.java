package dev.slipway.engine;

import dev.slipway.release.Actor;
import dev.slipway.release.Blockers;
import dev.slipway.release.Evidence;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.Objects;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.task.IdentityLink;
import org.springframework.stereotype.Component;

/** Who confirms a task against what a machine found must belong to the group that owns the task, and say why. */
@Component
class Overrides {

    /** The form's field for it ends so, such as {@code schemaOverrideReason}. */
    static final String REASON = "OverrideReason";

    private final List<Blockers> blockers;
    private final EngineIdentity identity;

    Overrides(List<Blockers> blockers, EngineIdentity identity) {
        this.blockers = blockers;
        this.identity = identity;
    }

    /**
     * @return what is overridden, a line each; empty where nothing is
     * @throws Refusal.BadInput   where no reason is given
     * @throws Refusal.NotAllowed where the person belongs to another group
     */
    List<String> check(ReleaseId release, DelegateTask task, Actor who, Answers answers) {
        if (answers.result() != Evidence.Result.CONFIRMED) {
            return List.of();
        }
        var against = blockers.stream()
                .flatMap(one -> one.against(release, task.getTaskDefinitionKey()).stream())
                .toList();
        if (against.isEmpty()) {
            return against;
        }
        var groups = task.getCandidates().stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .toList();
        if (!identity.isInOneOf(who.name(), groups)) {
            throw new Refusal.NotAllowed(who.name() + " may not confirm \"" + task.getName() + "\" against "
                    + against.size() + " blocking findings. Somebody of " + String.join(" or ", groups) + " may.");
        }
        if (answers.reasons().isBlank()) {
            throw new Refusal.BadInput(
                    "overrideReason",
                    "A reason is missing: \"" + task.getName() + "\" is confirmed against " + against.size()
                            + " blocking findings. Say why it is safe all the same.");
        }
        return against;
    }
}
