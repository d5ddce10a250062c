package dev.slipway.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A stretch of time.
 *
 * @param from when it begins
 * @param to   when it is over; after its beginning
 */
public record TimeSpan(Instant from, Instant to) {

    public Duration length() {
        return Duration.between(from, to);
    }

    public boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(to);
    }

    /** @return whether a moment is in both */
    public boolean overlaps(TimeSpan other) {
        return from.isBefore(other.to) && other.from.isBefore(to);
    }

    /** @return the part between two moments; empty where there is none */
    public Optional<TimeSpan> within(Instant earliest, Instant latest) {
        var begins = from.isBefore(earliest) ? earliest : from;
        var ends = to.isAfter(latest) ? latest : to;
        return begins.isBefore(ends) ? Optional.of(new TimeSpan(begins, ends)) : Optional.empty();
    }

    /** @return the same time in order, those that overlap or touch each other as one */
    public static List<TimeSpan> merged(Collection<TimeSpan> spans) {
        var merged = new ArrayList<TimeSpan>();
        for (var span :
                spans.stream().sorted(Comparator.comparing(TimeSpan::from)).toList()) {
            var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || span.from.isAfter(last.to)) {
                merged.add(span);
            } else if (span.to.isAfter(last.to)) {
                merged.set(merged.size() - 1, new TimeSpan(last.from, span.to));
            }
        }
        return merged;
    }

    /** @return what of the time between two moments is in none of the spans, in order */
    public static List<TimeSpan> gaps(Collection<TimeSpan> spans, Instant from, Instant to) {
        var gaps = new ArrayList<TimeSpan>();
        var reached = from;
        for (var span : merged(spans)) {
            if (span.from.isAfter(reached)) {
                new TimeSpan(reached, span.from).within(from, to).ifPresent(gaps::add);
            }
            reached = span.to.isAfter(reached) ? span.to : reached;
        }
        if (reached.isBefore(to)) {
            gaps.add(new TimeSpan(reached, to));
        }
        return gaps;
    }
}
