package dev.slipway.sandbox;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Small HTTP servers that only this machine can reach. */
final class Loopback {

    static final String VERSION_HEADER = "X-Storefront-Version";

    private static final Logger LOG = LoggerFactory.getLogger(Loopback.class);

    static {
        // Head and body of an answer go out in two packets; without this the second waits 40 ms for the first's
        // receipt.
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private Loopback() {}

    /**
     * @param port 0 for any free one
     * @throws UncheckedIOException where the port can't be had
     */
    static HttpServer listen(int port) {
        try {
            return HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 0);
        } catch (BindException e) {
            throw new UncheckedIOException(
                    "slipway.sandbox.port: %d is in use. Choose another port, or 0 for any free one.".formatted(port),
                    e);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox can't listen on port " + port, e);
        }
    }

    static URI address(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** @param version who answers; may be null */
    static void answer(HttpExchange exchange, int status, String version, String text) {
        if (version != null) {
            exchange.getResponseHeaders().set(VERSION_HEADER, version);
        }
        exchange.getResponseHeaders().putIfAbsent("Content-Type", List.of("text/plain; charset=utf-8"));
        var body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            if (exchange.getRequestMethod().equals("HEAD")) {
                exchange.sendResponseHeaders(status, -1);
            } else {
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (IOException e) {
            // The visitor did not wait for the answer; nothing is owed to anyone.
            LOG.debug("{} could not be answered", exchange.getRequestURI(), e);
        }
    }
}
