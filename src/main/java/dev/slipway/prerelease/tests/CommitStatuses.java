package dev.slipway.prerelease.tests;

import dev.slipway.catalog.ServiceDefinition.Statuses;
import dev.slipway.prerelease.CollectorBroke;
import java.util.List;

/** A code host that is asked how checks on a commit went. */
interface CommitStatuses {

    /** @return as people call the host */
    String host();

    /** @return whether the service names checks of this host */
    boolean isAskedBy(Statuses statuses);

    /** @return the names of the checks that the service asks of this host for */
    List<String> names(Statuses statuses);

    /**
     * Asks anew.
     *
     * @param revision SHA, tag or branch
     * @return at least one for each name, {@link CommitStatus.State#MISSING} where there is none
     * @throws CollectorBroke where the host does not answer, or not with statuses; the message holds no token
     */
    List<CommitStatus> of(Statuses statuses, String revision);
}
