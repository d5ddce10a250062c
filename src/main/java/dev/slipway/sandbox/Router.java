package dev.slipway.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Sends each visitor to one of two versions, by weight, and shows everybody's metrics. */
final class Router {

    /** Longer than the worst latency that a fault can add. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Set<String> METHODS = Set.of("GET", "POST");

    private final HttpServer server;
    private final HttpClient client;
    private final PrometheusMeterRegistry registry;
    private final Share toCandidate = new Share();
    private volatile Split split;

    /**
     * @param stable    gets what the candidate does not
     * @param candidate may be null
     * @param weight    percentage for the candidate, 0 to 100
     */
    record Split(URI stable, URI candidate, double weight) {}

    /** Takes the port; nobody is answered before {@link #start}. */
    Router(int port, HttpClient client, PrometheusMeterRegistry registry, Executor threads) {
        this.client = client;
        this.registry = registry;
        this.server = Loopback.listen(port);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
    }

    URI address() {
        return Loopback.address(server);
    }

    void route(Split next) {
        this.split = next;
    }

    void start() {
        server.start();
    }

    void stop() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) {
        var path = exchange.getRequestURI().getPath();
        if (path.equals("/metrics")) {
            exchange.getResponseHeaders().put("Content-Type", List.of("text/plain; version=0.0.4; charset=utf-8"));
            Loopback.answer(exchange, 200, null, registry.scrape());
        } else if (Endpoint.at(path).isEmpty()) {
            Loopback.answer(exchange, 404, null, "Try /browse, /checkout, /sign-up or /metrics.\n");
        } else if (!METHODS.contains(exchange.getRequestMethod())) {
            Loopback.answer(exchange, 405, null, "Use GET or POST.\n");
        } else {
            forward(exchange, path);
        }
    }

    private void forward(HttpExchange exchange, String path) {
        var request = HttpRequest.newBuilder(choose().resolve(path))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        var unused = client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        Loopback.answer(exchange, 502, null, "The version did not answer: " + failure + "\n");
                    } else {
                        Loopback.answer(
                                exchange,
                                answer.statusCode(),
                                answer.headers()
                                        .firstValue(Loopback.VERSION_HEADER)
                                        .orElse(null),
                                answer.body());
                    }
                });
    }

    private URI choose() {
        var now = split;
        return now.candidate() != null && toCandidate.takes(now.weight() / 100) ? now.candidate() : now.stable();
    }
}
