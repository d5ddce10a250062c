package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Release;

/** Finds out, without asking anyone, what a machine can know about one requirement. Holds no state of its own. */
public interface Collector {

    /** @return kebab-case and never changed, such as {@code migrations}: evidence is kept under it */
    String name();

    /** @return whether the service says where to look; where not, people are asked as if there were no machine */
    boolean appliesTo(Release release, ServiceDefinition definition);

    /**
     * Looks anew. May take seconds, may be called again at any time, changes nothing outside.
     *
     * @throws CollectorBroke where it can't be known now: unreachable, unreadable, no such revision; never answered by
     *     "nothing found"
     */
    Collected collect(Release release, ServiceDefinition definition);
}
