package dev.slipway.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A TCP proxy on 127.0.0.1 that stands between an adapter and what it asks, whatever they speak. It passes on what comes
 * until it is told a {@link Fault}. A fault is chosen when a connection begins and holds for that connection. What is
 * sent to the server always gets there, except where the fault swallows it: an order whose answer is lost was carried
 * out all the same.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int CONNECT_MILLIS = 2_000;
    private static final int CHUNK = 8 * 1024;

    private final ServerSocket door;
    private final InetSocketAddress server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final Queue<Fault> next = new ArrayDeque<>();
    private final AtomicInteger connections = new AtomicInteger();
    private Fault always = Fault.none();

    /** What happens to a connection. */
    public record Fault(Kind kind, Duration delay, long bytes) {

        private enum Kind {
            NONE,
            DELAY,
            CUT,
            RESET,
            SWALLOW
        }

        public static Fault none() {
            return new Fault(Kind.NONE, Duration.ZERO, 0);
        }

        /** The answer comes late. */
        public static Fault delay(Duration delay) {
            return new Fault(Kind.DELAY, delay, 0);
        }

        /** The connection is closed in good order after so many bytes of the answer. */
        public static Fault cutAfter(long bytesOfAnswer) {
            return new Fault(Kind.CUT, Duration.ZERO, bytesOfAnswer);
        }

        /** The connection is reset after so many bytes of the answer. */
        public static Fault resetAfter(long bytesOfAnswer) {
            return new Fault(Kind.RESET, Duration.ZERO, bytesOfAnswer);
        }

        /** A black hole: the connection stands, nothing gets through in either direction. */
        public static Fault swallow() {
            return new Fault(Kind.SWALLOW, Duration.ZERO, 0);
        }
    }

    private FaultyProxy(ServerSocket door, InetSocketAddress server) {
        this.door = door;
        this.server = server;
    }

    /** Opens a proxy to that server, at a free port. */
    public static FaultyProxy to(String host, int port) throws IOException {
        var proxy = new FaultyProxy(
                new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), new InetSocketAddress(host, port));
        daemon("proxy-door", proxy::letIn);
        return proxy;
    }

    public int port() {
        return door.getLocalPort();
    }

    /** @return how many connections have begun so far */
    public int connections() {
        return connections.get();
    }

    /** Every connection from now on, after those of {@link #next}. */
    public synchronized void always(Fault fault) {
        always = fault;
    }

    /** The next connections, one each, before {@link #always} holds again. */
    public synchronized void next(Fault... faults) {
        next.clear();
        next.addAll(List.of(faults));
    }

    private synchronized Fault fault() {
        var first = next.poll();
        return first == null ? always : first;
    }

    private void letIn() {
        while (!door.isClosed()) {
            try {
                var client = door.accept();
                open.add(client);
                connections.incrementAndGet();
                var fault = fault();
                daemon("proxy-connection", () -> serve(client, fault));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client, Fault fault) {
        if (fault.kind() == Fault.Kind.SWALLOW) {
            return;
        }
        try (var upstream = new Socket()) {
            open.add(upstream);
            upstream.connect(server, CONNECT_MILLIS);
            daemon("proxy-questions", () -> passOn(client, upstream));
            answer(upstream.getInputStream(), client, fault);
        } catch (IOException e) {
            // Either side has gone: so does the other.
            close(client);
        }
    }

    private static void answer(InputStream answer, Socket client, Fault fault) throws IOException {
        var left = fault.kind() == Fault.Kind.CUT || fault.kind() == Fault.Kind.RESET ? fault.bytes() : Long.MAX_VALUE;
        var buffer = new byte[CHUNK];
        int read;
        var begun = false;
        while ((read = answer.read(buffer)) >= 0) {
            if (!begun && fault.kind() == Fault.Kind.DELAY) {
                pause(fault.delay());
            }
            begun = true;
            client.getOutputStream().write(buffer, 0, (int) Math.min(left, read));
            left -= Math.min(left, read);
            if (left == 0) {
                break;
            }
        }
        if (fault.kind() == Fault.Kind.RESET) {
            // Closed without lingering, a connection ends with RST in place of FIN.
            client.setSoLinger(true, 0);
        }
        close(client);
    }

    private static void passOn(Socket client, Socket upstream) {
        try {
            InputStream questions = client.getInputStream();
            OutputStream server = upstream.getOutputStream();
            var buffer = new byte[CHUNK];
            int read;
            while ((read = questions.read(buffer)) >= 0) {
                server.write(buffer, 0, read);
            }
            upstream.shutdownOutput();
        } catch (IOException e) {
            close(upstream);
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void daemon(String name, Runnable what) {
        var thread = new Thread(what, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
