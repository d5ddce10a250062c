package dev.slipway.observation.series;

import dev.slipway.catalog.Settings;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A source that answers with the points of a span of time. The value at a time is the last point that is not older than
 * setting {@code lookback} (above zero, at most a day, default PT5M).
 */
public interface SeriesSource extends MetricSource {

    String LOOKBACK = "lookback";
    Duration USUAL_LOOKBACK = Duration.ofMinutes(5);
    Duration LONGEST_LOOKBACK = Duration.ofDays(1);

    /**
     * @return the points from {@code from} to {@code to}; others do no harm
     * @throws NoUsableAnswer where the source did not answer, or not with one series
     */
    Points points(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer;

    @Override
    default Reading read(MetricQuery query, Instant at) {
        try {
            var lookback = lookback(query.settings());
            return points(query, at.minus(lookback), at).at(at, lookback);
        } catch (NoUsableAnswer e) {
            return new Reading.Broken(e.getMessage());
        }
    }

    /** Asks once. */
    @Override
    default List<At> range(MetricQuery query, Instant from, Instant to, Duration step) {
        var times = times(from, to, step);
        try {
            var lookback = lookback(query.settings());
            var points = points(query, from.minus(lookback), to);
            return times.stream().map(at -> new At(at, points.at(at, lookback))).toList();
        } catch (NoUsableAnswer e) {
            return all(times, new Reading.Broken(e.getMessage()));
        }
    }

    /** @return the same reading at every time */
    static List<At> all(List<Instant> times, Reading reading) {
        return times.stream().map(at -> new At(at, reading)).toList();
    }

    /** @return the times from {@code from} to {@code to}, {@code step} apart */
    static List<Instant> times(Instant from, Instant to, Duration step) {
        var times = new ArrayList<Instant>();
        for (var at = from; !at.isAfter(to); at = at.plus(step)) {
            times.add(at);
        }
        return times;
    }

    private static Duration lookback(Settings settings) {
        return settings.duration(LOOKBACK, USUAL_LOOKBACK);
    }
}
