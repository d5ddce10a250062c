package dev.slipway.prerelease.tests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.http.BoundedBody;
import dev.slipway.prerelease.CollectorBroke;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a code host by its HTTP API. Whatever goes wrong is told with status, what was asked for and what to do, and never
 * with the token or an answer's text.
 */
final class CodeHost {

    /** A hundred check runs with their texts. */
    private static final int LARGEST_ANSWER = 20_000_000;

    private final String name;
    private final String tokenVariable;
    private final String base;
    private final Map<String, String> headers;
    private final Duration timeout;
    private final ObjectMapper json;
    private final HttpClient http;

    /**
     * @param name          as people call it
     * @param tokenVariable where an operator sets the token
     * @param base          the API's address
     * @param headers       sent with every question, the token among them
     * @param timeout       of one answer
     */
    CodeHost(
            String name,
            String tokenVariable,
            URI base,
            Map<String, String> headers,
            Duration timeout,
            ObjectMapper json) {
        this.name = name;
        this.tokenVariable = tokenVariable;
        this.base = base.toString().replaceAll("/+$", "");
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
        this.json = json;
        // Not followed: the token would go along to wherever the redirect points.
        this.http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(timeout)
                .build();
    }

    /** @return one segment of a path */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @return null where it is none */
    static Instant time(JsonNode text) {
        try {
            return text.isTextual() ? OffsetDateTime.parse(text.asText()).toInstant() : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** @return null where it is no address that a browser opens */
    static String link(JsonNode text) {
        return text.asText("").matches("https?://\\S{1,1900}") ? text.asText() : null;
    }

    /**
     * @param path  with query, encoded
     * @param about what is asked for, such as {@code commit 1a2b3c of acme/checkout}
     * @throws CollectorBroke where there is no answer, or not the one hoped for
     */
    JsonNode get(String path, String about) {
        var response = send(request(path), about);
        if (response.statusCode() != 200) {
            throw new CollectorBroke(refused(response, about));
        }
        try {
            return json.readTree(response.body());
        } catch (IOException e) {
            // Without the cause: it quotes the answer.
            throw new CollectorBroke(name + " answered with something that is not JSON when asked for the statuses of "
                    + about + ". Check its address in the settings.");
        }
    }

    private HttpRequest request(String path) {
        try {
            var request = HttpRequest.newBuilder(URI.create(base + path));
            headers.forEach(request::header);
            return request.build();
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes the token where that is at fault.
            throw new CollectorBroke(
                    name + " can't be asked: its address or " + tokenVariable + " has characters that can't be sent.");
        }
    }

    private HttpResponse<byte[]> send(HttpRequest request, String about) {
        var call = http.sendAsync(request, BoundedBody.atMost(LARGEST_ANSWER));
        try {
            // A request's own timeout ends with the answer's head; this one counts the body too.
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw new CollectorBroke(
                    name + " did not answer within " + timeout.toSeconds() + " s when asked for the statuses of "
                            + about + ". Try again later.",
                    e);
        } catch (ExecutionException e) {
            throw new CollectorBroke(
                    name + " did not answer (" + e.getCause().getClass().getSimpleName()
                            + ") when asked for the statuses of " + about + ". Check its address in the settings.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CollectorBroke(name + " was not waited for any longer.", e);
        }
    }

    private String refused(HttpResponse<byte[]> response, String about) {
        var status = response.statusCode();
        if (isRateLimited(response)) {
            return name + " answers no more questions for now (rate limit, " + status + ")" + until(response)
                    + ". Statuses of " + about + " are not known. Try again later, or set " + tokenVariable + ".";
        }
        return switch (status) {
            case 401 -> name + " does not accept the token (401). Check " + tokenVariable + ".";
            case 403 ->
                name + " does not let the token see the statuses of " + about + " (403). Give the token of "
                        + tokenVariable + " the right to read them.";
            case 404, 422 ->
                name + " knows no " + about + ", or does not show it to the token (" + status
                        + "). Check tests.statuses in the service file, the release's toRevision and " + tokenVariable
                        + ".";
            default ->
                status >= 500
                        ? name + " failed (" + status + ") when asked for the statuses of " + about
                                + ". Try again later."
                        : name + " answered " + status + " when asked for the statuses of " + about
                                + ". Check its address in the settings.";
        };
    }

    private static boolean isRateLimited(HttpResponse<byte[]> response) {
        var status = response.statusCode();
        var head = response.headers();
        var isOutOfQuestions = head.firstValue("retry-after").isPresent()
                || head.firstValue("x-ratelimit-remaining")
                        .filter(left -> left.equals("0"))
                        .isPresent();
        return status == 429 || (status == 403 && isOutOfQuestions);
    }

    /** GitHub and GitLab name the second at which they answer again. */
    private static String until(HttpResponse<byte[]> response) {
        var head = response.headers();
        return head.firstValue("x-ratelimit-reset")
                .or(() -> head.firstValue("ratelimit-reset"))
                .filter(text -> text.matches("\\d{1,11}"))
                .map(text -> ", until " + Instant.ofEpochSecond(Long.parseLong(text)))
                .orElse("");
    }
}
