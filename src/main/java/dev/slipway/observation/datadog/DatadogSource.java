package dev.slipway.observation.datadog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.catalog.Settings;
import dev.slipway.catalog.SettingsCheck;
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
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Asks Datadog by {@code GET /api/v1/query}. A point speaks of an interval that begins at its time; it counts from the
 * interval's end, so that one that is still filling up is not taken for the whole.
 *
 * <p>Settings: {@code apiKey} and {@code applicationKey}, required; {@code url}, by default that of site US1;
 * {@code lookback} as in {@link SeriesSource}; {@code headers}, {@code caCertificate} and {@code timeout} as in
 * {@link ServerSettings}.
 */
@Component
class DatadogSource implements SeriesSource {

    private static final String US1 = "https://api.datadoghq.com";
    private static final String API_KEY = "apiKey";
    private static final String APPLICATION_KEY = "applicationKey";

    private final RemoteServer server = new RemoteServer("Datadog");

    @Override
    public String name() {
        return "datadog";
    }

    @Override
    public List<String> problems(Settings settings) {
        var check = new SettingsCheck(settings)
                .required(API_KEY, "name a placeholder such as ${datadog.apikey}, and set it")
                .required(APPLICATION_KEY, "name a placeholder such as ${datadog.appkey}, and set it");
        return ServerSettings.checkTransport(settings, check)
                .duration(LOOKBACK, LONGEST_LOOKBACK)
                .problems();
    }

    @Override
    public Points points(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        var question = question(query, from, to);
        var answer = server.ask(question);
        if (answer.path("status").asText().equals("error")) {
            throw server.answered(answer.path("error").asText("with an error"), question);
        }
        var series = answer.path("series");
        return switch (series.size()) {
            case 0 -> Points.none();
            case 1 -> Points.of(points(series.get(0)));
            default -> throw Points.several(series.size(), "leave out its \"by {…}\"");
        };
    }

    private static Question question(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        try {
            var settings = new ServerSettings(query.settings());
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("from", Long.toString(from.getEpochSecond()));
            parameters.put("to", Long.toString(to.getEpochSecond()));
            parameters.put("query", query.text());
            return settings.question(
                    settings.url(US1) + "/api/v1/query?" + ServerSettings.query(parameters),
                    Map.of(
                            "DD-API-KEY",
                            query.settings().required(API_KEY),
                            "DD-APPLICATION-KEY",
                            query.settings().required(APPLICATION_KEY)));
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer("Datadog can't be asked: " + e.getMessage() + ".");
        }
    }

    private static List<Point> points(JsonNode series) {
        var interval = series.path("interval").asLong(0);
        var points = new ArrayList<Point>();
        for (var pair : series.path("pointlist")) {
            var value = pair.path(1);
            if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                var begins = Instant.ofEpochMilli(pair.path(0).asLong());
                points.add(new Point(begins.plusSeconds(interval), value.doubleValue()));
            }
        }
        return points;
    }
}
