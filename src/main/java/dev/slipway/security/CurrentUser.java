package dev.slipway.security;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Set;
import org.springframework.security.core.AuthenticatedPrincipal;

/**
 * Who is asking.
 *
 * @param name   user id
 * @param groups ids of the groups that the user is in
 */
public record CurrentUser(String name, Set<String> groups) implements AuthenticatedPrincipal, Serializable {

    public CurrentUser {
        groups = Set.copyOf(groups);
    }

    @Override
    public String getName() {
        return name;
    }

    boolean isInOneOf(String... some) {
        return Arrays.stream(some).anyMatch(groups::contains);
    }
}
