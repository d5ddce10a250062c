package dev.slipway.release;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * Who noticed first that something is wrong with a release (LRN-1): the one place that reads it from the timeline.
 * What a room writes there about such a discovery begins with the words that stand here.
 */
@Service
public class FirstFound {

    /** How a timeline entry about a problem report begins. */
    public static final String REPORTED = "Problem reported";

    /** How a timeline entry about an alert begins. */
    public static final String ALERTED = "Alert fired";

    private static final Pattern BY_METRIC = Pattern.compile("Verdict FAIL in |Verdict of \\S+: FAIL\\.");

    /** Asked for, or decided where the verdict was unclear. */
    private static final Pattern BY_PERSON =
            Pattern.compile("Asked for a rollback|rollback requested|Decide inconclusive \\w+: Roll back");

    private final Timeline timeline;

    FirstFound(Timeline timeline) {
        this.timeline = timeline;
    }

    public enum How {
        /** The watcher said FAIL. */
        METRIC,
        ALERT,
        REPORT,
        /** Somebody rolled back, on nobody's word but their own. */
        PERSON
    }

    /**
     * @param who  the machine's name or a user id
     * @param how  by what
     * @param at   when
     * @param what the timeline's sentence
     */
    public record Found(String who, How how, Instant at, String what) {}

    /** @return empty where nobody has noticed anything */
    public Optional<Found> of(ReleaseId release) {
        return timeline.of(release).stream()
                .flatMap(entry -> found(entry).stream())
                .findFirst();
    }

    private static Optional<Found> found(TimelineEntry entry) {
        return Optional.ofNullable(how(entry)).map(how -> new Found(entry.actor(), how, entry.at(), entry.what()));
    }

    private static How how(TimelineEntry entry) {
        var what = entry.what();
        if (what.startsWith(REPORTED)) {
            return How.REPORT;
        }
        if (entry.actorKind() == Actor.Kind.PERSON) {
            return BY_PERSON.matcher(what).lookingAt() ? How.PERSON : null;
        }
        if (what.startsWith(ALERTED)) {
            return How.ALERT;
        }
        return BY_METRIC.matcher(what).lookingAt() ? How.METRIC : null;
    }
}
