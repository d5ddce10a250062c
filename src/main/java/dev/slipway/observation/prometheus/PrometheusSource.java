package dev.slipway.observation.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource;
import dev.slipway.observation.Reading;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Asks a Prometheus server for the value of a query at a time.
 *
 * <p>Settings: {@code url} of the server, required; {@code bearerToken}, or {@code username} and {@code password},
 * where it wants them; {@code timeout} of one request, above zero, default PT5S.
 */
@Component
class PrometheusSource implements MetricSource {

    private static final String URL = "url";
    private static final String TIMEOUT = "timeout";
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final int LONGEST_QUOTE = 200;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(USUAL_TIMEOUT).build();
    private final ObjectMapper json;

    PrometheusSource(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public String name() {
        return "prometheus";
    }

    @Override
    public List<String> problems(Settings settings) {
        var problems = new ArrayList<String>();
        var url = settings.text(URL);
        if (url.isEmpty()) {
            problems.add("url is missing: the address of the Prometheus server, such as http://prometheus:9090");
        } else if (!url.get().matches("https?://[^/\\s]+.*")) {
            problems.add("url: " + url.get() + " is not an http or https address");
        }
        try {
            if (settings.duration(TIMEOUT, USUAL_TIMEOUT).compareTo(Duration.ZERO) <= 0) {
                problems.add("timeout must be above zero");
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        if (settings.text("username").isPresent() != settings.text("password").isPresent()) {
            problems.add("username and password go together");
        }
        return problems;
    }

    @Override
    public Reading read(MetricQuery query, Instant at) {
        try {
            var response = http.send(request(query, at), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
            return reading(response);
        } catch (IOException e) {
            var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            return new Reading.Broken("Prometheus did not answer: " + why + ".");
        } catch (IllegalArgumentException e) {
            return new Reading.Broken("Prometheus can't be asked: " + e.getMessage() + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reading.Broken("Prometheus was not waited for any longer.");
        }
    }

    private static HttpRequest request(MetricQuery query, Instant at) {
        var settings = query.settings();
        var base = settings.required(URL).replaceAll("/+$", "");
        var time = at.toEpochMilli() / 1_000 + "." + String.format("%03d", at.toEpochMilli() % 1_000);
        var address = base + "/api/v1/query?query=" + URLEncoder.encode(query.text(), StandardCharsets.UTF_8) + "&time="
                + time;
        var request = HttpRequest.newBuilder(URI.create(address))
                .header("Accept", "application/json")
                .timeout(settings.duration(TIMEOUT, USUAL_TIMEOUT));
        settings.text("bearerToken").ifPresent(token -> request.header("Authorization", "Bearer " + token));
        settings.text("username").ifPresent(user -> request.header("Authorization", basic(user, settings)));
        return request.build();
    }

    private static String basic(String user, Settings settings) {
        var credentials = user + ":" + settings.text("password").orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private Reading reading(HttpResponse<String> response) {
        JsonNode answer;
        try {
            answer = json.readTree(response.body());
        } catch (IOException e) {
            return new Reading.Broken(
                    "Prometheus answered " + response.statusCode() + " with something that is not JSON.");
        }
        if (response.statusCode() != 200 || !answer.path("status").asText().equals("success")) {
            return new Reading.Broken("Prometheus answered " + response.statusCode() + ": "
                    + quote(answer.path("error").asText("no reason given")) + ".");
        }
        var data = answer.path("data");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> value(data.path("result"));
            case "vector" -> only(data.path("result"));
            default ->
                new Reading.Broken("The query gives a "
                        + quote(data.path("resultType").asText()) + ", not one value at one time.");
        };
    }

    private static Reading only(JsonNode series) {
        return switch (series.size()) {
            case 0 -> new Reading.NoData("no series matches the query");
            case 1 -> value(series.get(0).path("value"));
            default ->
                new Reading.Broken("The query gives " + series.size()
                        + " series, not one; aggregate them, for example with sum or max.");
        };
    }

    private static Reading value(JsonNode pair) {
        if (pair.size() != 2) {
            return new Reading.Broken("Prometheus answered without a value.");
        }
        var measuredAt = Instant.ofEpochMilli(Math.round(pair.get(0).asDouble() * 1_000));
        var text = pair.get(1).asText();
        return switch (text) {
            case "NaN", "Inf", "+Inf", "-Inf" -> new Reading.NoData("the query gives " + text);
            default -> number(text, measuredAt);
        };
    }

    private static Reading number(String text, Instant measuredAt) {
        try {
            return new Reading.Value(Double.parseDouble(text), measuredAt);
        } catch (NumberFormatException e) {
            return new Reading.Broken("Prometheus answered " + quote(text) + ", which is not a number.");
        }
    }

    private static String quote(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…";
    }
}
