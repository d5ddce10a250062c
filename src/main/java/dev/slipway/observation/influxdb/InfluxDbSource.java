package dev.slipway.observation.influxdb;

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
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Asks InfluxDB by {@code GET /query} in InfluxQL, which versions 1, 2 and 3 answer. The query is one {@code SELECT}
 * with {@code $timeFilter} in its {@code WHERE}. With {@code GROUP BY time(…)} a row speaks of a span that begins at its
 * time; it counts from the end of that.
 *
 * <p>Settings: {@code url} and {@code database}, required; {@code retentionPolicy}; {@code token}, or {@code username}
 * and {@code password}; {@code lookback} as in {@link SeriesSource}; {@code headers}, {@code caCertificate} and
 * {@code timeout} as in {@link ServerSettings}.
 */
@Component
class InfluxDbSource implements SeriesSource {

    private static final String DATABASE = "database";
    private static final String RETENTION_POLICY = "retentionPolicy";
    private static final String TOKEN = "token";
    private static final String TIME_FILTER = "$timeFilter";

    private static final Pattern SELECT = Pattern.compile("\\s*select\\s.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern GROUP_BY_TIME = Pattern.compile(
            "\\bgroup\\s+by\\b.*\\btime\\s*\\(\\s*(\\d{1,9})(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private final RemoteServer server = new RemoteServer("InfluxDB");

    @Override
    public String name() {
        return "influxdb";
    }

    @Override
    public List<String> problems(Settings settings) {
        return ServerSettings.checkTransport(
                        settings,
                        new SettingsCheck(settings)
                                .required("url", "the address of InfluxDB, such as http://influxdb:8086")
                                .required(DATABASE, "the database; in version 2 the bucket that is mapped to it"))
                .optional(RETENTION_POLICY, TOKEN)
                .together("username", "password")
                .duration(LOOKBACK, LONGEST_LOOKBACK)
                .problems();
    }

    /** Without {@code GROUP BY time} an answer is one row, whatever the span; then each time is asked for. */
    @Override
    public List<At> range(MetricQuery query, Instant from, Instant to, Duration step) {
        if (!span(query.text()).isZero()) {
            return SeriesSource.super.range(query, from, to, step);
        }
        return SeriesSource.times(from, to, step).stream()
                .map(at -> new At(at, read(query, at)))
                .toList();
    }

    @Override
    public Points points(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        var question = question(query, from, to);
        var result = server.ask(question).path("results").path(0);
        if (result.has("error")) {
            throw server.answered(result.path("error").asText(), question);
        }
        var series = result.path("series");
        return switch (series.size()) {
            case 0 -> Points.none();
            case 1 -> Points.of(points(series.get(0), span(query.text())));
            default -> throw Points.several(series.size(), "group by time only, not by tags");
        };
    }

    private static Question question(MetricQuery query, Instant from, Instant to) throws NoUsableAnswer {
        var text = query.text();
        if (!SELECT.matcher(text).matches() || text.contains(";")) {
            throw new NoUsableAnswer("InfluxDB is not asked: the query is not one SELECT.");
        }
        if (!text.contains(TIME_FILTER)) {
            throw new NoUsableAnswer("InfluxDB is not asked: the query has no $timeFilter in its WHERE.");
        }
        try {
            var settings = new ServerSettings(query.settings());
            var parameters = new LinkedHashMap<String, String>();
            parameters.put("db", query.settings().required(DATABASE));
            query.settings().text(RETENTION_POLICY).ifPresent(policy -> parameters.put("rp", policy));
            parameters.put("epoch", "ms");
            parameters.put(
                    "q",
                    text.replace(
                            TIME_FILTER,
                            "time >= " + from.toEpochMilli() + "ms AND time <= " + to.toEpochMilli() + "ms"));
            var address = settings.url() + "/query?" + ServerSettings.query(parameters);
            var token = query.settings().text(TOKEN);
            return token.isPresent()
                    ? settings.question(address, Map.of("Authorization", "Token " + token.get()))
                    : settings.question(address);
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer("InfluxDB can't be asked: " + e.getMessage() + ".");
        }
    }

    /** @return zero where rows are not grouped by time */
    private static Duration span(String text) {
        var matcher = GROUP_BY_TIME.matcher(text);
        if (!matcher.find()) {
            return Duration.ZERO;
        }
        return Duration.of(
                Long.parseLong(matcher.group(1)), UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)));
    }

    private static List<Point> points(JsonNode series, Duration span) throws NoUsableAnswer {
        if (series.path("columns").size() != 2) {
            throw new NoUsableAnswer("The query gives "
                    + (series.path("columns").size() - 1) + " columns beside the time, not one; select one value.");
        }
        var points = new ArrayList<Point>();
        for (var row : series.path("values")) {
            var value = row.path(1);
            if (value.isNumber() && Double.isFinite(value.doubleValue())) {
                points.add(new Point(Instant.ofEpochMilli(row.path(0).asLong()).plus(span), value.doubleValue()));
            }
        }
        return points;
    }
}
