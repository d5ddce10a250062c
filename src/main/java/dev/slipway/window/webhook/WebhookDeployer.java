package dev.slipway.window.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.http.BoundedBody;
import dev.slipway.http.Hmac;
import dev.slipway.window.Deployer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code webhook}: every order is a signed POST to one address. Settings: {@code url} (HTTP or HTTPS,
 * required), {@code secret} (required), {@code timeout} (1 s to 30 s, default 10 s).
 *
 * <p>The signature is HMAC-SHA256, with the secret, of the timestamp, a full stop and the body. Redirects are not
 * followed. Status 202 means that the receiver reports later; 4xx that it won't, except 408, 425 and 429, which like
 * 5xx are technical failures.
 */
@Component
class WebhookDeployer implements Deployer {

    private static final String URL = "url";
    private static final String SECRET = "secret";
    private static final String TIMEOUT = "timeout";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final int LONGEST_MESSAGE = 1_000;
    /** Client errors by their number that say: not now. */
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

    private final ObjectMapper json;
    private final Clock clock;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(DEFAULT_TIMEOUT)
            .build();

    WebhookDeployer(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<String> problems(Settings settings) {
        var problems = new ArrayList<String>();
        var url = settings.text(URL);
        if (url.isEmpty()) {
            problems.add("url is missing: the address that orders are posted to");
        } else if (!isHttp(url.get())) {
            problems.add("url: " + url.get() + " is not an http or https address");
        }
        if (settings.text(SECRET).filter(secret -> !secret.isBlank()).isEmpty()) {
            problems.add("secret is missing: name a placeholder such as ${DEPLOY_SECRET}, and set it");
        }
        try {
            var timeout = timeout(settings);
            if (timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0) {
                problems.add("timeout: " + timeout + " is not between " + SHORTEST_TIMEOUT + " and " + LONGEST_TIMEOUT);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
        return problems;
    }

    @Override
    public boolean tellsPartsApart() {
        return true;
    }

    /** One address is one receiver, whatever secret it is told with. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return one.text(URL).map(WebhookDeployer::plain).equals(other.text(URL).map(WebhookDeployer::plain));
    }

    @Override
    public Answer deploy(Order order) {
        return answer(post("deploy", order));
    }

    @Override
    public Answer shift(Order order) {
        return answer(post("shift", order));
    }

    @Override
    public Answer rollBack(Order order) {
        return answer(post("rollback", order));
    }

    @Override
    public State state(Order order) {
        var response = post("state", order);
        if (response.statusCode() != 200) {
            return new State.Unknown("the webhook answered with status " + response.statusCode());
        }
        var weight = body(response).path("weight");
        if (!weight.isNumber() || weight.doubleValue() < 0 || weight.doubleValue() > 100) {
            return new State.Unknown("the webhook's answer has no weight from 0 to 100");
        }
        return new State.Serving(weight.doubleValue());
    }

    private Answer answer(HttpResponse<byte[]> response) {
        var status = response.statusCode();
        if (status == 202) {
            return new Answer.Pending(message(response));
        }
        if (status >= 300) {
            return new Answer.Failed("the webhook answered with status " + status + orNothing(message(response)));
        }
        var body = body(response);
        return switch (body.path("state").asText()) {
            case "SUCCEEDED" -> new Answer.Done(message(body));
            case "PENDING" -> new Answer.Pending(message(body));
            case "FAILED" -> new Answer.Failed(message(body) == null ? "no reason given" : message(body));
            default ->
                throw new IllegalStateException(
                        "the webhook's answer has no state: expected SUCCEEDED, FAILED or PENDING");
        };
    }

    /** @throws UncheckedIOException where there was no answer, or one that says: not now */
    private HttpResponse<byte[]> post(String action, Order order) {
        var url = URI.create(order.settings().required(URL));
        var timeout = timeout(order.settings());
        var request = request(action, order, url, timeout);
        var call = http.sendAsync(request, BoundedBody.atMost(LARGEST_ANSWER));
        try {
            // The request's own timeout ends with the answer's head; this one counts the body too.
            var response = call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() >= 500 || NOT_NOW.contains(response.statusCode())) {
                throw technical(url, "answered " + action + " with status " + response.statusCode(), null);
            }
            return response;
        } catch (TimeoutException e) {
            call.cancel(true);
            throw technical(url, "did not answer " + action + " within " + timeout, e);
        } catch (ExecutionException e) {
            throw technical(url, "did not answer " + action + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw technical(url, "was interrupted while it answered " + action, e);
        }
    }

    private HttpRequest request(String action, Order order, URI url, Duration timeout) {
        var body = write(action, order);
        var timestamp = String.valueOf(clock.instant().getEpochSecond());
        var signature =
                HexFormat.of().formatHex(Hmac.sha256(order.settings().required(SECRET), timestamp + "." + body));
        return HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .header("Idempotency-Key", order.key())
                .header("X-Slipway-Timestamp", timestamp)
                .header("X-Slipway-Signature", "sha256=" + signature)
                .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build();
    }

    private String write(String action, Order order) {
        var body = new LinkedHashMap<String, Object>();
        body.put("key", order.key());
        body.put("action", action);
        body.put("release", order.release());
        body.put("service", order.service());
        body.put("version", order.version());
        body.put("servingVersion", order.servingVersion());
        body.put("weight", order.weight());
        body.put("reportTo", order.reportTo() == null ? null : order.reportTo().toString());
        if (order.component() != null) {
            body.put("component", order.component());
        }
        if (order.wave() != null) {
            body.put("wave", order.wave());
        }
        if (order.isRehearsal()) {
            body.put("target", order.target());
            body.put("rehearsal", true);
        }
        try {
            return json.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order can't be written as JSON", e);
        }
    }

    /** @throws IllegalStateException where the answer is no JSON */
    private JsonNode body(HttpResponse<byte[]> response) {
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new IllegalStateException("the webhook's answer is no JSON", e);
        }
    }

    /** The message of an answer that need not be JSON. */
    private String message(HttpResponse<byte[]> response) {
        try {
            return message(json.readTree(response.body()));
        } catch (IOException noJson) {
            return null;
        }
    }

    private static String message(JsonNode body) {
        var message = body.path("message").asText("");
        if (message.isBlank()) {
            return null;
        }
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE - 1) + "…" : message;
    }

    private static String orNothing(String message) {
        return message == null ? "" : ": " + message;
    }

    private static Duration timeout(Settings settings) {
        return settings.duration(TIMEOUT, DEFAULT_TIMEOUT);
    }

    private static String plain(String url) {
        return url.strip().replaceFirst("/+$", "").toLowerCase(Locale.ROOT);
    }

    private static boolean isHttp(String text) {
        try {
            var url = URI.create(text);
            var scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            return (scheme.equals("http") || scheme.equals("https")) && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Names the host only: an address can carry a secret. */
    private static UncheckedIOException technical(URI url, String what, Throwable cause) {
        var message = "The webhook at " + url.getHost() + " " + what + ".";
        return new UncheckedIOException(message, new IOException(message, cause));
    }
}
