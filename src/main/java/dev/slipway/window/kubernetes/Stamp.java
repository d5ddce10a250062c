package dev.slipway.window.kubernetes;

import dev.slipway.window.Deployer;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;

/**
 * Whose order an object follows, as its annotations say: the order's key, what was ordered, and since when. It is
 * written in the same request as the change, so that after a crash it tells whether the change was made.
 *
 * @param order  key of the order; null where no order of Slipway has changed the object yet
 * @param action what was ordered; null where nobody knows
 * @param since  when the change was made; null where nobody knows
 */
record Stamp(String order, Action action, Instant since) {

    static final String ORDER = "slipway.dev/order";
    static final String ACTION = "slipway.dev/action";
    static final String SINCE = "slipway.dev/since";
    /** When the deadline had passed of what the change replaces; that condition stays until there is progress. */
    static final String PASSED_DEADLINE = "slipway.dev/passed-deadline";

    static Stamp of(ObjectMeta metadata) {
        var annotations = metadata.getAnnotations() == null ? Map.<String, String>of() : metadata.getAnnotations();
        return new Stamp(annotations.get(ORDER), action(annotations.get(ACTION)), instant(annotations.get(SINCE)));
    }

    /** @return null where no change of Slipway was made */
    static String passedDeadline(ObjectMeta metadata) {
        return metadata.getAnnotations() == null
                ? null
                : metadata.getAnnotations().get(PASSED_DEADLINE);
    }

    boolean isOf(Deployer.Order one) {
        return one.key().equals(order);
    }

    /** @return whether an order of the same release was the last one */
    boolean isOfRelease(Deployer.Order one) {
        return order != null && order.startsWith(one.release() + ":");
    }

    /** The order is followed no longer. */
    Refused superseded(String object, Deployer.Order one) {
        return new Refused(object + " no longer follows order " + one.key() + ": it "
                + (order == null ? "carries no order of Slipway." : "follows " + order + "."));
    }

    private static Action action(String text) {
        for (var action : Action.values()) {
            if (action.name().equals(text)) {
                return action;
            }
        }
        return null;
    }

    private static Instant instant(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
