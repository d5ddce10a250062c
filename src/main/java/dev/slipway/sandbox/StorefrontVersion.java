package dev.slipway.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** One running version of the storefront: a small HTTP server with a background queue, and its own faults. */
final class StorefrontVersion {

    /** What the fault {@code latency} adds at intensity 1. */
    private static final Duration WORST_LATENCY = Duration.ofSeconds(1);

    /** Some visitors always leave at the till; a healthy version converts 95 of 100. */
    private static final double CHANGES_OF_MIND = 0.05;

    private final String version;
    private final Executor threads;
    private final BackgroundQueue queue = new BackgroundQueue();
    private final StorefrontMetrics metrics;
    private final HttpServer server;
    private final Share errors = new Share();
    private final Share lost = new Share();
    private final Share changesOfMind = new Share();
    private volatile Fault fault;

    /** @throws java.io.UncheckedIOException where no port is free */
    StorefrontVersion(String version, Fault fault, PrometheusMeterRegistry registry, Executor threads) {
        this.version = version;
        this.fault = fault;
        this.threads = threads;
        this.server = Loopback.listen(0);
        this.metrics = new StorefrontMetrics(registry, version, queue);
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    URI address() {
        return Loopback.address(server);
    }

    void fault(Fault next) {
        this.fault = next;
    }

    /** One turn of the background worker. */
    void work() {
        queue.drain(fault.of(Fault.Kind.QUEUE));
    }

    /** Stops at once, for it is only called where the version gets no traffic any more. */
    void stop() {
        server.stop(0);
        metrics.forget();
    }

    private void handle(HttpExchange exchange) throws IOException {
        var endpoint = Endpoint.at(exchange.getRequestURI().getPath());
        if (endpoint.isEmpty()) {
            Loopback.answer(exchange, 404, version, "The storefront has no such page.\n");
            return;
        }
        var began = System.nanoTime();
        // Waiting holds no thread: slow versions must not slow down the others.
        CompletableFuture.delayedExecutor(timeFor(endpoint.get()).toNanos(), TimeUnit.NANOSECONDS, threads)
                .execute(() -> finish(endpoint.get(), began, exchange));
    }

    private Duration timeFor(Endpoint endpoint) {
        var usual = endpoint.usual().toNanos();
        var varied = usual / 2 + ThreadLocalRandom.current().nextLong(usual);
        return Duration.ofNanos(varied + Math.round(WORST_LATENCY.toNanos() * fault.of(Fault.Kind.LATENCY)));
    }

    private void finish(Endpoint endpoint, long began, HttpExchange exchange) {
        var fine = !errors.takes(fault.of(Fault.Kind.ERRORS)) && serve(endpoint);
        if (!fine && endpoint == Endpoint.CHECKOUT) {
            metrics.checkout(false);
        }
        metrics.request(endpoint, fine, Duration.ofNanos(System.nanoTime() - began));
        Loopback.answer(
                exchange,
                fine ? 200 : 500,
                version,
                fine ? "%s, served by %s.\n".formatted(endpoint.word(), version) : "Something went wrong.\n");
    }

    private boolean serve(Endpoint endpoint) {
        return switch (endpoint) {
            case BROWSE -> true;
            case SIGN_UP -> {
                metrics.signUp();
                yield true;
            }
            case CHECKOUT -> checkOut();
        };
    }

    /** @return false where the queue is full */
    private boolean checkOut() {
        if (lost.takes(fault.of(Fault.Kind.CONVERSION)) || changesOfMind.takes(CHANGES_OF_MIND)) {
            metrics.checkout(false);
            return true;
        }
        if (!queue.enqueue()) {
            return false;
        }
        metrics.queued();
        metrics.checkout(true);
        return true;
    }
}
