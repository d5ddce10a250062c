package dev.slipway.proof;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of one version: says which at {@code /}, slowly at {@code /slow}, in JSON at {@code /info}; has a health. */
final class VersionedServer implements AutoCloseable {

    static final int SLOW_MILLIS = 400;

    static {
        // Without it an answer on a connection that is kept waits for an acknowledgement, 40 ms each.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger answered = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile String version;
    private volatile boolean healthy = true;
    private volatile boolean hangs;

    VersionedServer(String version) throws IOException {
        this.version = version;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            answered.incrementAndGet();
            answer(exchange, 200, this.version);
        });
        server.createContext("/slow", exchange -> {
            answered.incrementAndGet();
            var began = this.version;
            await(SLOW_MILLIS);
            answer(exchange, 200, began);
        });
        server.createContext(
                "/info", exchange -> answer(exchange, 200, "{\"build\": {\"version\": \"" + this.version + "\"}}"));
        server.createContext("/health", exchange -> answer(exchange, healthy ? 200 : 503, ""));
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** @return how many visitors' requests came so far */
    int answered() {
        return answered.get();
    }

    void install(String other) {
        version = other;
    }

    void setHealthy(boolean health) {
        healthy = health;
    }

    /** Nothing is answered any more but the question of health, which was written by an optimist. */
    void hang() {
        hangs = true;
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        if (hangs && !exchange.getRequestURI().getPath().equals("/health")) {
            await(Integer.MAX_VALUE);
        }
        try (exchange) {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private void await(int millis) throws IOException {
        try {
            closed.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
