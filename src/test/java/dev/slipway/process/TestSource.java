package dev.slipway.process;

import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Source {@code test}: the query is a name, such as {@code errors of 1.1.0}, and the test says its value. */
class TestSource implements MetricSource {

    private final Map<String, Reading> readings = new ConcurrentHashMap<>();

    void reset() {
        readings.clear();
    }

    void says(String query, double value) {
        readings.put(query, new Reading.Value(value, Instant.EPOCH));
    }

    void isSilentAbout(String query) {
        readings.put(query, new Reading.NoData("no series"));
    }

    void isDown(String query) {
        readings.put(query, new Reading.Broken("no answer within the timeout"));
    }

    @Override
    public String name() {
        return "test";
    }

    @Override
    public Reading read(MetricQuery query, Instant at) {
        var reading = readings.getOrDefault(query.text(), new Reading.Value(0, at));
        return reading instanceof Reading.Value value ? new Reading.Value(value.value(), at) : reading;
    }
}
