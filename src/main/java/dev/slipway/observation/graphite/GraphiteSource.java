package dev.slipway.observation.graphite;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.catalog.Settings;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.Question;
import dev.slipway.http.RemoteServer;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.series.Point;
import dev.slipway.observation.series.Points;
import dev.slipway.observation.series.SeriesSource;
import dev.slipway.observation.server.ServerSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Asks a Graphite server by {@code GET /render} in JSON; the query is the target. A point counts from its own time.
 *
 * <p>Settings: those of {@link ServerSettings}, and {@code lookback} as in {@link SeriesSource}.
 */
@Component
class GraphiteSource implements SeriesSource {

    private final RemoteServer server = new RemoteServer("Graphite");

    @Override
    public String name() {
        return "graphite";
    }

    @Override
    public List<String> problems(Settings settings) {
        return ServerSettings.check(settings, "the address of the Graphite server, such as http://graphite:8080")
                .duration(LOOKBACK, LONGEST_LOOKBACK)
                .problems();
    }

    @Override
    public Points points(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        var question = question(query, from, to);
        var series = server.ask(question);
        if (!series.isArray()) {
            throw server.answered("with something that is not a list of series", question);
        }
        return switch (series.size()) {
            case 0 -> Points.none();
            case 1 -> Points.of(points(series.get(0)));
            default -> throw Points.several(series.size(), "aggregate them, for example with sumSeries or maxSeries");
        };
    }

    /** The server leaves out the second that {@code from} names. */
    private static Question question(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        try {
            var settings = new ServerSettings(query.settings());
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("target", query.text());
            parameters.put("from", Long.toString(from.getEpochSecond() - 1));
            parameters.put("until", Long.toString(to.getEpochSecond()));
            parameters.put("format", "json");
            return settings.question(settings.url() + "/render?" + ServerSettings.query(parameters));
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer("Graphite can't be asked: " + e.getMessage() + ".");
        }
    }

    private static List<Point> points(JsonNode series) {
        var points = new ArrayList<Point>();
        for (var pair : series.path("datapoints")) {
            var value = pair.path(0);
            if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                points.add(new Point(Instant.ofEpochSecond(pair.path(1).asLong()), value.doubleValue()));
            }
        }
        return points;
    }
}
