package dev.slipway.engine;

import dev.slipway.release.Refusal;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Who answers a task, where an answer needs more than having the task. */
@Component
public class TaskAuthority {

    private final EngineIdentity identity;
    private final PinnedDefinition definition;

    TaskAuthority(EngineIdentity identity, PinnedDefinition definition) {
        this.identity = identity;
        this.definition = definition;
    }

    /**
     * @param what what only the release authority, release managers and administrators may do, such as {@code
     *             mark false alarms}
     * @return user id of who answers
     * @throws Refusal.NotAllowed where the person is none of these
     */
    public String requireDecider(DelegateTask task, String what) {
        var pinned = definition.of(task.getExecution());
        var groups = List.of(pinned.group("release-authority"), pinned.group("release-managers"), "camunda-admin");
        var who = identity.user().orElse("nobody");
        if (!identity.isInOneOf(who, groups)) {
            throw new Refusal.NotAllowed(who + " may not " + what + ". Leave it to someone of " + groups.get(0) + " or "
                    + groups.get(1) + ".");
        }
        return who;
    }
}
