package dev.slipway.observation.series;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PointsTest {

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration LOOKBACK = Duration.ofMinutes(5);

    @Test
    void the_last_point_at_or_before_the_time_counts() {
        var points = Points.of(List.of(point(1, 30), point(0, 20), point(-60, 10)));

        assertThat(points.at(AT, LOOKBACK)).isEqualTo(new Reading.Value(20, AT));
        assertThat(points.at(AT.minusSeconds(1), LOOKBACK)).isEqualTo(new Reading.Value(10, AT.minusSeconds(60)));
    }

    @Test
    void a_point_may_be_as_old_as_the_lookback_and_no_older() {
        assertThat(Points.of(List.of(point(-300, 10))).at(AT, LOOKBACK)).isInstanceOf(Reading.Value.class);
        assertThat(Points.of(List.of(point(-301, 10))).at(AT, LOOKBACK))
                .isEqualTo(new Reading.NoData("the last point, of 2026-01-02T02:59:04Z, is older than PT5M"));
    }

    @Test
    void without_a_point_there_is_no_data() {
        assertThat(Points.none().at(AT, LOOKBACK)).isEqualTo(new Reading.NoData("no series matches the query"));
        assertThat(Points.of(List.of()).at(AT, LOOKBACK))
                .isEqualTo(new Reading.NoData("the series has no points in this time"));
        assertThat(Points.of(List.of(point(1, 10))).at(AT, LOOKBACK))
                .isEqualTo(new Reading.NoData("the series begins later"));
    }

    private static Point point(int seconds, double value) {
        return new Point(AT.plusSeconds(seconds), value);
    }
}
