package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.calendar.TimeSpan;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * WIN-1, WIN-2: the next times at which a release meets nothing. The rollout lies inside the allowed hours and meets no
 * holiday and no freeze; rollout and observation meet no conflicting release, and somebody is on call throughout.
 */
@Service
public class Slots {

    /** How many are proposed at most. */
    public static final int MOST = 50;

    /** How far ahead is looked. */
    public static final Duration AHEAD = Duration.ofDays(90);

    private static final Duration QUARTER = Duration.ofMinutes(15);
    private static final Duration FORTNIGHT = Duration.ofDays(14);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Obstacles obstacles;
    private final Clock clock;

    Slots(Releases releases, ServiceCatalog catalog, Obstacles obstacles, Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.obstacles = obstacles;
        this.clock = clock;
    }

    /** Starts at which a release would meet an obstacle. */
    private record Blocked(TimeSpan starts, Obstacle obstacle) {

        private boolean isOutsideHours() {
            return obstacle.kind() == Obstacle.Kind.HOURS;
        }
    }

    /**
     * @param from  not before; null or a time that is past mean now
     * @param count 1 to {@link #MOST}
     * @throws Refusal.NotFound where there is no such release
     */
    public Proposal of(ReleaseId id, Instant from, int count) {
        var release = releases.get(id);
        return propose(catalog.pinned(release.definitionId()), new Obstacles.Subject(id, release.owner()), from, count);
    }

    /**
     * For a release that is not opened yet, whoever will be in charge.
     *
     * @param from  as above
     * @param count as above
     * @throws Refusal.NotFound where there is no such service
     */
    public Proposal ofService(String service, Instant from, int count) {
        var definition =
                catalog.find(service).orElseThrow(() -> new Refusal.NotFound("There is no service " + service + "."));
        return propose(definition, Obstacles.Subject.NOBODY, from, count);
    }

    /** @return what the release would meet if it began then; empty where it would meet nothing */
    List<Obstacle> against(ReleaseId id, Instant start) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var known = obstacles.of(definition, new Obstacles.Subject(id, release.owner()), start, start.plus(FORTNIGHT));
        return blocked(definition, known.list(), start, start.plus(FORTNIGHT)).stream()
                .filter(blocked -> blocked.starts().contains(start))
                .map(Blocked::obstacle)
                .toList();
    }

    private Proposal propose(ServiceDefinition definition, Obstacles.Subject subject, Instant asked, int count) {
        var now = clock.instant();
        var from = asked == null || asked.isBefore(now) ? now : asked;
        var until = from.plus(AHEAD);
        var known = obstacles.of(definition, subject, from, until);
        var blocked = blocked(definition, known.list(), from, until);
        var observation = definition.observation().period();
        var slots = new ArrayList<Slot>();
        var passedOver = new LinkedHashSet<Obstacle>();
        var at = quarter(from);
        while (slots.size() < count && at.isBefore(until)) {
            var start = at;
            var against =
                    blocked.stream().filter(one -> one.starts().contains(start)).toList();
            if (against.isEmpty()) {
                var end = start.plus(rollout(definition));
                slots.add(new Slot(start, end, end.plus(observation)));
                // They do not overlap: several releases could take one each.
                at = quarter(end.plus(observation));
            } else {
                // From the hours on only, so that what lies in the next ones is seen, and named.
                var closed = against.stream().filter(Blocked::isOutsideHours).toList();
                (closed.isEmpty() ? against : List.<Blocked>of()).forEach(one -> passedOver.add(one.obstacle()));
                at = quarter((closed.isEmpty() ? against : closed)
                        .stream()
                                .map(one -> one.starts().to())
                                .max(Comparator.naturalOrder())
                                .orElseThrow());
            }
        }
        return new Proposal(
                definition.service(),
                AllowedHours.zone(definition.windows()).getId(),
                definition.rolloutTime(),
                observation,
                slots,
                List.copyOf(passedOver),
                known.caveats());
    }

    private static List<Blocked> blocked(
            ServiceDefinition definition, List<Obstacle> obstacles, Instant from, Instant until) {
        var rollout = rollout(definition);
        var inside = inside(definition, from, until);
        var whole = rollout.plus(definition.observation().period());
        return obstacles.stream()
                .map(obstacle -> {
                    var ahead = switch (obstacle.kind()) {
                        case HOURS, HOLIDAY -> inside;
                        case FREEZE, UNKNOWN -> rollout;
                        case ON_CALL, RELEASE -> whole;
                    };
                    // A rollout that ends as the obstacle begins does not meet it.
                    return new Blocked(
                            new TimeSpan(obstacle.from().minus(ahead).plus(MOMENT), obstacle.to()), obstacle);
                })
                .toList();
    }

    /** @return how much of the rollout must lie inside the hours; only its start where it never fits */
    private static Duration inside(ServiceDefinition definition, Instant from, Instant until) {
        var rollout = rollout(definition);
        var fits = AllowedHours.of(definition.windows())
                .between(from, until.isBefore(from.plus(FORTNIGHT)) ? until : from.plus(FORTNIGHT))
                .stream()
                .anyMatch(hours -> hours.length().compareTo(rollout) >= 0);
        return fits ? rollout : MOMENT;
    }

    private static Duration rollout(ServiceDefinition definition) {
        var whole = QUARTER.multipliedBy(definition.rolloutTime().dividedBy(QUARTER));
        var over = whole.compareTo(definition.rolloutTime()) < 0 || whole.isZero();
        return over ? whole.plus(QUARTER) : whole;
    }

    /** @return the first full quarter of an hour at or after; so it is on every clock, for zones differ by quarters */
    private static Instant quarter(Instant at) {
        var begun = Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), QUARTER.toMillis()) * QUARTER.toMillis());
        return begun.isBefore(at) ? begun.plus(QUARTER) : begun;
    }
}
