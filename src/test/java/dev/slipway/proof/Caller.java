package dev.slipway.proof;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/** A person or a program that calls Slipway over HTTP, and knows nothing else of it. */
final class Caller {

    static final String PASSWORD_OF_THE_SAMPLE = "slipway";
    static final String TOKEN_OF_ALERTMANAGER = "a-token-of-alertmanager";
    static final String PASSWORD_OF_ADMIN = "an-administrator's";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String authorization;

    private Caller(URI base, String authorization) {
        this.base = base;
        this.authorization = authorization;
    }

    /** What came back. */
    record Answer(int status, String contentType, String location, String text) {

        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JSON: " + this, e);
            }
        }

        /** @return this, where it is a success */
        Answer fine() {
            if (status < 200 || status > 299) {
                throw new AssertionError("Refused: " + this);
            }
            return this;
        }
    }

    static Caller nobody(URI base) {
        return new Caller(base, null);
    }

    static Caller person(URI base, String name, String password) {
        var login = Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        return new Caller(base, "Basic " + login);
    }

    static Caller alertmanager(URI base) {
        return new Caller(base, "Bearer " + TOKEN_OF_ALERTMANAGER);
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    CompletableFuture<Answer> getLater(String path) {
        return http.sendAsync(request(path).GET().build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(Caller::answer);
    }

    Answer post(String path, Object body, String... headers) {
        var request = request(path).POST(json(body)).header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** @param form encoded as a browser does */
    Answer postForm(String path, String form) {
        return send(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .header("Content-Type", "application/x-www-form-urlencoded"));
    }

    Answer put(String path, Object body) {
        return send(request(path).PUT(json(body)).header("Content-Type", "application/json"));
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private static HttpRequest.BodyPublisher json(Object body) {
        try {
            return HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError("No answer from " + request.build().uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Location").orElse(""),
                response.body());
    }
}
