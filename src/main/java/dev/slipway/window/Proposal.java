package dev.slipway.window;

import java.time.Duration;
import java.util.List;

/**
 * When a release can be rolled out.
 *
 * @param service     what is released
 * @param timezone    of the service
 * @param rollout     how long the rollout takes
 * @param observation how long it is observed afterwards
 * @param slots       the next free ones, in order; empty where there is none within the time that is looked at
 * @param passedOver  what stood in the way of an earlier slot in the allowed hours, in order
 * @param caveats     what is not quite sure, a sentence each, such as that a calendar is known from a copy
 */
public record Proposal(
        String service,
        String timezone,
        Duration rollout,
        Duration observation,
        List<Slot> slots,
        List<Obstacle> passedOver,
        List<String> caveats) {

    public Proposal {
        slots = List.copyOf(slots);
        passedOver = List.copyOf(passedOver);
        caveats = List.copyOf(caveats);
    }
}
