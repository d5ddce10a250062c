package dev.slipway.engine;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Who acts in the engine on this thread. */
@Component
class EngineIdentity {

    private final IdentityService identity;

    EngineIdentity(@Lazy IdentityService identity) {
        this.identity = identity;
    }

    /** @return the user who acts; empty where the engine or a machine does */
    Optional<String> user() {
        return Optional.ofNullable(identity.getCurrentAuthentication()).map(Authentication::getUserId);
    }

    /** @return whether that user belongs to one of the groups */
    boolean isInOneOf(String user, Collection<String> groups) {
        var acting = identity.getCurrentAuthentication();
        if (acting != null
                && user.equals(acting.getUserId())
                && acting.getGroupIds() != null
                && acting.getGroupIds().stream().anyMatch(groups::contains)) {
            return true;
        }
        return groupsOf(user).stream().anyMatch(groups::contains);
    }

    /** @return ids of the groups that the user belongs to, with those that the login brought */
    Set<String> allGroupsOf(String user) {
        var groups = new HashSet<>(groupsOf(user));
        var acting = identity.getCurrentAuthentication();
        if (acting != null && user.equals(acting.getUserId()) && acting.getGroupIds() != null) {
            groups.addAll(acting.getGroupIds());
        }
        return groups;
    }

    /** @return ids of the groups that the user belongs to */
    List<String> groupsOf(String user) {
        return asSystem(() -> identity.createGroupQuery().groupMember(user).list().stream()
                .map(Group::getId)
                .toList());
    }

    /** Does something that the person could not do in the engine directly, after Slipway has checked that it is allowed. */
    <T> T asSystem(Supplier<T> work) {
        var person = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            return work.get();
        } finally {
            identity.setAuthentication(person);
        }
    }
}
