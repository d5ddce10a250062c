package dev.slipway.observation.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.catalog.Settings;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.Question;
import dev.slipway.http.RemoteServer;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import dev.slipway.observation.series.Points;
import dev.slipway.observation.series.SeriesSource;
import dev.slipway.observation.server.ServerSettings;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * Asks a Prometheus server, or another that speaks its API, for the value of a query at one time or at several.
 *
 * <p>Settings: those of {@link ServerSettings}. How old a sample may be is the server's to know.
 */
@Component
class PrometheusSource implements MetricSource {

    private final RemoteServer server = new RemoteServer("Prometheus");

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public List<String> problems(Settings settings) {
        return ServerSettings.check(settings, "the address of the Prometheus server, such as http://prometheus:9090")
                .problems();
    }

    @Override
    public Reading read(MetricQuery query, Instant at) {
        try {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("query", query.text());
            parameters.put("time", seconds(at.toEpochMilli()));
            var data = data(question(query.settings(), "query", parameters));
            return switch (data.path("resultType").asText()) {
                case "scalar" -> value(data.path("result"));
                case "vector" -> value(only(data.path("result")).path("value"));
                default ->
                    new Reading.Broken(
                            "The query gives a " + data.path("resultType").asText() + ", not one value at one time.");
            };
        } catch (NoUsableAnswer e) {
            return new Reading.Broken(e.getMessage());
        }
    }

    @Override
    public List<At> range(MetricQuery query, Instant from, Instant to, Duration step) {
        var times = SeriesSource.times(from, to, step);
        try {
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("query", query.text());
            parameters.put("start", seconds(from.toEpochMilli()));
            parameters.put("end", seconds(to.toEpochMilli()));
            parameters.put("step", seconds(step.toMillis()));
            var pairs = new HashMap<Long, JsonNode>();
            for (var pair : only(data(question(query.settings(), "query_range", parameters))
                            .path("result"))
                    .path("values")) {
                pairs.put(millis(pair), pair);
            }
            return times.stream()
                    .map(at -> new At(at, at(pairs.get(at.toEpochMilli()))))
                    .toList();
        } catch (NoUsableAnswer e) {
            return SeriesSource.all(times, new Reading.Broken(e.getMessage()));
        }
    }

    private static Question question(Settings settings, String call, Map<String, String> parameters)
            throws NoUsableAnswer {
        try {
            var known = new ServerSettings(settings);
            return known.question(known.url() + "/api/v1/" + call + "?" + ServerSettings.query(parameters));
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer("Prometheus can't be asked: " + e.getMessage() + ".");
        }
    }

    private JsonNode data(Question question) throws NoUsableAnswer {
        var answer = server.ask(question);
        if (!answer.path("status").asText().equals("success")) {
            throw server.answered(answer.path("error").asText("without success"), question);
        }
        return answer.path("data");
    }

    /** @return the only series; missing where there is none */
    private static JsonNode only(JsonNode series) throws NoUsableAnswer {
        if (series.size() > 1) {
            throw Points.several(series.size(), "aggregate them, for example with sum or max");
        }
        return series.path(0);
    }

    private static Reading at(JsonNode pair) {
        return pair == null ? new Reading.NoData("the query gives nothing at this time") : value(pair);
    }

    private static Reading value(JsonNode pair) {
        if (pair.isMissingNode()) {
            return new Reading.NoData("no series matches the query");
        }
        if (pair.size() != 2) {
            return new Reading.Broken("Prometheus answered without a value.");
        }
        var text = pair.get(1).asText();
        return switch (text) {
            case "NaN", "Inf", "+Inf", "-Inf" -> new Reading.NoData("the query gives " + text);
            default -> number(text, Instant.ofEpochMilli(millis(pair)));
        };
    }

    private static Reading number(String text, Instant measuredAt) {
        try {
            return new Reading.Value(Double.parseDouble(text), measuredAt);
        } catch (NumberFormatException e) {
            return new Reading.Broken("Prometheus answered with a value that is not a number.");
        }
    }

    private static long millis(JsonNode pair) {
        return Math.round(pair.path(0).asDouble() * 1_000);
    }

    /** Always with three digits behind the point, so that no time is rounded. */
    private static String seconds(long millis) {
        return BigDecimal.valueOf(millis, 3).toPlainString();
    }
}
