package dev.slipway.window;

import dev.slipway.release.ReleaseId;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.stereotype.Component;

/** PRE-4: the orders that bring a target where a rollback would begin, one after the other. */
@Component
class RehearsalSetUp {

    private final List<BiFunction<ReleaseId, Aim, Traffic.Placed>> orders;

    RehearsalSetUp(Traffic traffic) {
        this.orders = List.of(traffic::deployForRehearsal, traffic::shiftForRehearsal);
    }

    /**
     * @param orders how many orders have been given
     * @param last   what came of the last one that was given now; null where there was none left to give
     */
    record Progress(int orders, Traffic.Placed last) {}

    /**
     * Gives orders until one is not done at once, or all are given.
     *
     * @param given how many were given before
     * @param state what is known of the last of them; null where there was none
     */
    Progress goOn(ReleaseId id, Aim aim, int given, String state) {
        Traffic.Placed last = null;
        var next = given;
        var done = given == 0 || DeploymentState.SUCCEEDED.name().equals(state);
        while (done && next < orders.size()) {
            last = orders.get(next).apply(id, aim);
            next++;
            done = last.state() == DeploymentState.SUCCEEDED;
        }
        return new Progress(next, last);
    }
}
