package dev.slipway.engine.identity;

import dev.slipway.security.Directory;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.identity.Group;
import org.springframework.stereotype.Component;

/** The engine's users and groups. */
@Component
class EngineDirectory implements Directory {

    private final IdentityService identity;

    EngineDirectory(IdentityService identity) {
        this.identity = identity;
    }

    /** The engine locks a user for a growing while after each wrong password, and writes that down. */
    @Override
    public boolean matches(String user, String password) {
        try {
            return identity.checkPassword(user, password);
        } catch (OptimisticLockingException concurrent) {
            // Another request of the same user wrote its count of tries first: ask again.
            return identity.checkPassword(user, password);
        }
    }

    @Override
    public Set<String> groupsOf(String user) {
        return identity.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .collect(Collectors.toUnmodifiableSet());
    }
}
