package dev.slipway.proof;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/**
 * Plays GitHub Actions as its documentation says, and what a workflow deploys to: runs take a second and move the weight
 * when they succeed. It lives on while Slipway is killed.
 */
final class PlayedGitHub implements AutoCloseable {

    static final String TOKEN = "ghs_notARealToken";

    private static final Duration A_RUN = Duration.ofSeconds(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<Run> runs = new ArrayList<>();
    private double weight;
    private Predicate<String> held = key -> false;
    private volatile Duration answersAfter = Duration.ZERO;

    private static final class Run {
        private final int id;
        private final JsonNode inputs;
        private final Instant created = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        private final long begun = System.nanoTime();
        private String conclusion;

        private Run(int id, JsonNode inputs) {
            this.id = id;
            this.inputs = inputs;
        }

        private String key() {
            return inputs.path("key").asText();
        }
    }

    PlayedGitHub() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "played-github");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @return the keys of all runs that were started, in order */
    synchronized List<String> started() {
        return runs.stream().map(Run::key).toList();
    }

    synchronized double weight() {
        settle();
        return weight;
    }

    /** A start is carried out at once and answered after that time. */
    void answersAfter(Duration time) {
        answersAfter = time;
    }

    /** Runs of such keys go on until they are ended. */
    synchronized void holds(Predicate<String> keys) {
        held = keys;
    }

    synchronized void ends(Predicate<String> keys, String conclusion) {
        settle();
        runs.stream()
                .filter(run -> keys.test(run.key()) && run.conclusion == null)
                .forEach(run -> run.conclusion = conclusion);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var isOpen = path.equals("/weight") || path.equals("/metrics");
            if (!isOpen
                    && !("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                send(exchange, 401, "{\"message\": \"Bad credentials\"}");
            } else if (path.equals("/weight")) {
                send(exchange, 200, "{\"weight\": " + weight() + "}");
            } else if (path.equals("/metrics")) {
                send(exchange, 200, "{\"errorRate\": 0.001}");
            } else if (path.equals("/repos/acme/shop/actions/workflows/deploy.yml/runs")) {
                send(exchange, 200, listed());
            } else if (path.equals("/repos/acme/shop/actions/workflows/deploy.yml/dispatches")) {
                begin(JSON.readTree(exchange.getRequestBody()).path("inputs"));
                Thread.sleep(answersAfter.toMillis());
                exchange.sendResponseHeaders(204, -1);
            } else {
                send(exchange, 404, "{\"message\": \"Not Found\"}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void begin(JsonNode inputs) {
        runs.add(new Run(runs.size() + 1, inputs));
    }

    private synchronized String listed() {
        settle();
        var answer = JSON.createObjectNode().put("total_count", runs.size());
        var list = answer.putArray("workflow_runs");
        for (var i = runs.size() - 1; i >= 0; i--) {
            var run = runs.get(i);
            list.addObject()
                    .put("id", run.id)
                    .put("name", "Deploy")
                    .put("display_title", run.key())
                    .put("event", "workflow_dispatch")
                    .put("status", run.conclusion == null ? "in_progress" : "completed")
                    .put("conclusion", run.conclusion)
                    .put("created_at", run.created.toString())
                    .put("html_url", "https://github.example/acme/shop/actions/runs/" + run.id);
        }
        return answer.toString();
    }

    private void settle() {
        for (var run : runs) {
            var isOver = System.nanoTime() - run.begun > A_RUN.toNanos();
            if (run.conclusion == null && isOver && !held.test(run.key())) {
                run.conclusion = "success";
                switch (run.inputs.path("action").asText()) {
                    case "shift" -> weight = run.inputs.path("weight").asDouble();
                    // A version that was just deployed has no traffic either.
                    default -> weight = 0;
                }
            }
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
