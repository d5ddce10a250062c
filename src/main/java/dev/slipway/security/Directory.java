package dev.slipway.security;

import java.util.Set;

/** Who there is. */
public interface Directory {

    /**
     * @return whether the user exists and this is the password; false also while the user is locked after too many
     *     wrong ones
     */
    boolean matches(String user, String password);

    /** @return ids of the groups that the user is in; empty where there is no such user */
    Set<String> groupsOf(String user);
}
