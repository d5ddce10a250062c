package dev.slipway.window;

import dev.slipway.catalog.Adapter;
import dev.slipway.catalog.Settings;
import java.net.URI;

/**
 * A tool that deploys versions and moves traffic. Every operation is idempotent: asked again with the same key it does
 * nothing new and gives the same answer. Slipway may ask again after a crash.
 */
public interface Deployer extends Adapter {

    /** Makes the version ready, without traffic. */
    Answer deploy(Order order);

    /** Gives the version {@link Order#weight()} percent of the traffic, the version that served before the rest. */
    Answer shift(Order order);

    /** Gives all traffic to {@link Order#servingVersion()}. */
    Answer rollBack(Order order);

    /** @return what serves now; asks the outside, never a memory */
    State state(Order order);

    /**
     * Asks the outside what became of an order that was answered with {@link Answer.Pending}.
     *
     * @return {@link Answer.Pending} while it is under way, and by default: the tool reports by itself
     */
    default Answer outcome(Order order) {
        return new Answer.Pending(null);
    }

    @Override
    default Kind kind() {
        return Kind.DEPLOYER;
    }

    /**
     * What is to be done.
     *
     * @param key            idempotency key: the same for every try of the same step
     * @param release        the release's id, for people
     * @param service        which service
     * @param version        the version that is released
     * @param servingVersion the version that served before; may be null
     * @param weight         percentage for {@code version}, 0 to 100
     * @param settings       the deployer's settings of the service; those of the target in a rehearsal
     * @param reportTo       where a deployer that answers later reports; null where none is expected
     * @param target         where the way back is rehearsed, such as {@code staging}; null in production
     * @param component      which component of the service; null where it has one only
     * @param wave           in which region or cluster; null where there is one only
     */
    record Order(
            String key,
            String release,
            String service,
            String version,
            String servingVersion,
            double weight,
            Settings settings,
            URI reportTo,
            String target,
            String component,
            String wave) {

        /** An order that concerns the service as a whole. */
        public Order(
                String key,
                String release,
                String service,
                String version,
                String servingVersion,
                double weight,
                Settings settings,
                URI reportTo,
                String target) {
            this(key, release, service, version, servingVersion, weight, settings, reportTo, target, null, null);
        }

        /** @return whether it is ordered for a rehearsal and must not touch production */
        public boolean isRehearsal() {
            return target != null;
        }
    }

    /** What came of an order. A technical failure is an exception: it is tried again, then a person sees an incident. */
    sealed interface Answer {

        record Done(String message) implements Answer {}

        /** Accepted; the outcome will be reported. */
        record Pending(String message) implements Answer {}

        /** The tool says that it can't or won't: a business outcome, not to be tried again. */
        record Failed(String message) implements Answer {}
    }

    /** What serves. */
    sealed interface State {

        /** @param weight percentage that {@code version} of the order gets, 0 to 100 */
        record Serving(double weight) implements State {}

        record Unknown(String why) implements State {}
    }
}
