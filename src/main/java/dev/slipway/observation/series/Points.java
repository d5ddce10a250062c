package dev.slipway.observation.series;

import dev.slipway.http.NoUsableAnswer;
import dev.slipway.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * The points of the one series that a query gives.
 *
 * @param points   in any order; kept oldest first
 * @param whyEmpty what to say where there are none
 */
public record Points(List<Point> points, String whyEmpty) {

    public Points {
        points = points.stream().sorted(Comparator.comparing(Point::at)).toList();
    }

    public static Points of(List<Point> points) {
        return new Points(points, "the series has no points in this time");
    }

    public static Points none() {
        return new Points(List.of(), "no series matches the query");
    }

    /** @return what to say of a query that gives several series */
    public static NoUsableAnswer several(int series, String advice) {
        return new NoUsableAnswer("The query gives " + series + " series, not one; " + advice + ".");
    }

    /** @return the last point at or before a time that is not older than {@code lookback} */
    public Reading at(Instant at, Duration lookback) {
        Point last = null;
        for (var point : points) {
            if (!point.at().isAfter(at)) {
                last = point;
            }
        }
        if (last == null) {
            return new Reading.NoData(points.isEmpty() ? whyEmpty : "the series begins later");
        }
        return last.at().isBefore(at.minus(lookback))
                ? new Reading.NoData("the last point, of " + last.at() + ", is older than " + lookback)
                : new Reading.Value(last.value(), last.at());
    }
}
