package dev.slipway.window;

import dev.slipway.calendar.TimeSpan;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.PlannedRelease;
import java.time.Instant;
import java.util.Optional;

/** When a release takes up its service, the services related to it, and the person in charge. */
final class Busy {

    private Busy() {}

    /**
     * @return from the booked start to the booked end, or as long as the rollout takes, whichever is later, and on
     *     through the observation; of a release that runs, from its first traffic on. Empty where its window is over and
     *     it has not begun: it needs another
     */
    static Optional<TimeSpan> of(PlannedRelease release, ServiceDefinition definition, Instant now) {
        var observation = definition.observation().period();
        if (release.isRunning()) {
            var began = release.firstTrafficAt();
            return Optional.of(new TimeSpan(
                    began, latest(began.plus(definition.rolloutTime()), now).plus(observation)));
        }
        if (release.windowEnd() != null && !release.windowEnd().isAfter(now)) {
            return Optional.empty();
        }
        var start = latest(release.windowStart(), now);
        var rolledOut = start.plus(definition.rolloutTime());
        var end = release.windowEnd() == null ? rolledOut : latest(rolledOut, release.windowEnd());
        return Optional.of(new TimeSpan(start, end.plus(observation)));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
