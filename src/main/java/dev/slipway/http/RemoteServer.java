package dev.slipway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/**
 * Asks servers of one kind for JSON, and puts whatever goes wrong into one sentence: no connection, an untrusted
 * certificate, no answer in time, an answer that is too large, an error status, something that is not JSON. Redirects
 * are not followed, since they would carry keys elsewhere. Certificates are always verified.
 */
public final class RemoteServer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 8 * 1024 * 1024;
    private static final int LONGEST_QUOTE = 200;
    /** Shorter ones would turn up in messages by chance. */
    private static final int SHORTEST_SECRET = 4;

    /** Where servers put the reason into their JSON. */
    private static final String[] REASONS = {
        "/error/message", "/error", "/errors/0", "/message", "/message/base/0", "/detail"
    };

    private final String name;
    private final JsonMapper json = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private final HttpClient usual = client().build();
    private final Map<Authorities, HttpClient> trusting = new ConcurrentHashMap<>();

    private record Authorities(Path pem, FileTime written) {}

    /** @param name of the kind of server, as people say it; messages begin with it */
    public RemoteServer(String name) {
        this.name = name;
    }

    /** @throws NoUsableAnswer where the answer is not JSON with a status of 200 to 299 */
    public JsonNode ask(Question question) throws NoUsableAnswer {
        try {
            return answer(question);
        } catch (NoUsableAnswer e) {
            throw new NoUsableAnswer(concealed(e.getMessage(), question));
        }
    }

    /** @return the sentence for an answer that came and can't be used */
    public NoUsableAnswer answered(String what, Question question) {
        return new NoUsableAnswer(concealed(name + " answered " + quote(what) + ".", question));
    }

    /**
     * Asks by any method. Nothing is sent twice.
     *
     * @return the answer with whatever status it has
     * @throws NoUsableAnswer where no whole answer came; the server may have done all the same what was asked of it
     */
    public Reply send(Call call) throws NoUsableAnswer {
        try {
            var response = whole(call);
            return new Reply(
                    response.statusCode(),
                    response.headers(),
                    anyJson(response.body()),
                    concealed(quote(reason(response.statusCode(), response.body())), call.question()));
        } catch (NoUsableAnswer e) {
            throw new NoUsableAnswer(concealed(e.getMessage(), call.question()));
        }
    }

    private JsonNode answer(Question question) throws NoUsableAnswer {
        var response = whole(Call.get(question));
        if (response.statusCode() / 100 != 2) {
            throw new NoUsableAnswer(name + " answered " + response.statusCode() + ": "
                    + quote(reason(response.statusCode(), response.body())) + ".");
        }
        return parsed(response.statusCode(), response.body());
    }

    private HttpResponse<byte[]> whole(Call call) throws NoUsableAnswer {
        var question = call.question();
        try {
            var request = HttpRequest.newBuilder(question.address())
                    .timeout(question.timeout())
                    .header("Accept", "application/json")
                    .method(
                            call.method(),
                            call.body() == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(call.body(), StandardCharsets.UTF_8));
            if (call.contentType() != null) {
                request.header("Content-Type", call.contentType());
            }
            question.headers().forEach(request::setHeader);
            return exchange(client(question), request.build(), question.timeout());
        } catch (HttpConnectTimeoutException e) {
            throw new NoUsableAnswer(name + " did not answer: no connection in time.");
        } catch (HttpTimeoutException e) {
            throw new NoUsableAnswer(
                    name + " did not answer within " + question.timeout().toMillis() + " ms.");
        } catch (SSLException e) {
            throw new NoUsableAnswer(name + " can't be trusted: " + message(e)
                    + ". Name the authority of its certificate in caCertificate.");
        } catch (NoSuchFileException e) {
            throw new NoUsableAnswer(name + " can't be asked: there is no file " + e.getFile() + ".");
        } catch (IOException e) {
            throw new NoUsableAnswer(name + " did not answer: " + message(e) + ".");
        } catch (IllegalArgumentException e) {
            throw new NoUsableAnswer(name + " can't be asked: " + message(e) + ".");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoUsableAnswer(name + " was not waited for any longer.");
        }
    }

    /** The client's own timeout ends with the first byte of the answer; this one holds to the last. */
    private static HttpResponse<byte[]> exchange(HttpClient client, HttpRequest request, Duration timeout)
            throws IOException, InterruptedException {
        var sent = client.sendAsync(request, BoundedBody.atMost(LARGEST_ANSWER));
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("too slow");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(message(e.getCause()), e);
        } finally {
            sent.cancel(true);
        }
    }

    private HttpClient client(Question question) throws IOException {
        if (question.caCertificate() == null) {
            return usual;
        }
        // A file that is renewed is read again.
        var authorities =
                new Authorities(question.caCertificate(), Files.getLastModifiedTime(question.caCertificate()));
        var known = trusting.get(authorities);
        if (known != null) {
            return known;
        }
        var fresh = client().sslContext(Certificates.trusting(question.caCertificate()))
                .build();
        trusting.keySet().removeIf(one -> one.pem().equals(authorities.pem()));
        trusting.put(authorities, fresh);
        return fresh;
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT_TIMEOUT);
    }

    private JsonNode parsed(int status, byte[] body) throws NoUsableAnswer {
        try {
            var answer = json.readTree(body);
            if (answer.isMissingNode()) {
                throw new NoUsableAnswer(name + " answered " + status + " with nothing.");
            }
            return answer;
        } catch (IOException e) {
            throw new NoUsableAnswer(name + " answered " + status + " with something that is not JSON.");
        }
    }

    /** @return missing where it is none */
    private JsonNode anyJson(byte[] body) {
        try {
            return json.readTree(body);
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** The server's own words, where it has any that a person can read. */
    private String reason(int status, byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            var answer = json.readTree(text);
            for (var place : REASONS) {
                var found = answer.at(place);
                if (found.isTextual() && !found.textValue().isBlank()) {
                    return found.textValue();
                }
            }
        } catch (JsonProcessingException e) {
            // Many a proxy answers in HTML; what it says then is its status.
            if (!text.isEmpty() && !text.startsWith("<")) {
                return text.lines().findFirst().orElse(text);
            }
        }
        return status / 100 == 3 ? "redirects are not followed" : "no reason given";
    }

    private static String message(Throwable e) {
        return e.getMessage() == null || e.getMessage().isBlank()
                ? e.getClass().getSimpleName()
                : e.getMessage().strip().replaceAll("\\.$", "");
    }

    private static String concealed(String message, Question question) {
        var concealed = message;
        for (var secret : question.secrets().stream()
                .filter(secret -> secret.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList()) {
            concealed = concealed.replace(secret, "…");
        }
        return concealed;
    }

    private static String quote(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip().replaceAll("\\.$", "");
        return line.length() <= LONGEST_QUOTE ? line : line.substring(0, LONGEST_QUOTE) + "…";
    }
}
