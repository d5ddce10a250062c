package dev.slipway.window.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A TCP line to a server that can be slow, be cut, be reset, or lose what comes back. */
final class FaultyLine implements AutoCloseable {

    enum Fault {
        NONE,
        /** What is sent arrives; the answer is kept back. */
        SILENT,
        /** What is sent arrives; then the line is closed before the answer. */
        ANSWER_LOST,
        /** The same, but only for the answer to a PATCH. */
        CHANGE_UNCONFIRMED,
        /** Reset as soon as something is sent, which does not arrive. */
        RESET,
        /** The head of an answer, and then one byte of its body each 200 ms. */
        DRIP
    }

    private final ServerSocket door;
    private final int port;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Collection<Socket> sockets = new ConcurrentLinkedQueue<>();
    private volatile Fault fault = Fault.NONE;

    FaultyLine(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    String address() {
        return "http://localhost:" + door.getLocalPort();
    }

    /** Holds for new connections and for those that there are. */
    void is(Fault now) {
        fault = now;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                var here = door.accept();
                var there = new Socket(InetAddress.getLoopbackAddress(), port);
                sockets.add(here);
                sockets.add(there);
                threads.execute(() -> carry(here, there, true));
                threads.execute(() -> carry(there, here, false));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void carry(Socket from, Socket to, boolean isQuestion) {
        try {
            var buffer = new byte[64 * 1024];
            for (var count = from.getInputStream().read(buffer);
                    count >= 0;
                    count = from.getInputStream().read(buffer)) {
                if (isQuestion && fault == Fault.RESET) {
                    from.setSoLinger(true, 0);
                    from.close();
                    return;
                }
                if (isQuestion && fault == Fault.DRIP) {
                    drip(from);
                    return;
                }
                if (isQuestion
                        && fault == Fault.CHANGE_UNCONFIRMED
                        && new String(buffer, 0, count, StandardCharsets.ISO_8859_1).contains("PATCH")) {
                    fault = Fault.ANSWER_LOST;
                }
                if (!isQuestion && fault == Fault.ANSWER_LOST) {
                    // An answer can begin before the whole of the question has been sent.
                    pause(300);
                    to.close();
                    return;
                }
                if (isQuestion || fault != Fault.SILENT) {
                    to.getOutputStream().write(buffer, 0, count);
                    to.getOutputStream().flush();
                }
            }
            to.close();
        } catch (IOException closed) {
            close(from);
            close(to);
        }
    }

    private void drip(Socket to) throws IOException {
        var out = to.getOutputStream();
        out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        for (var sent = 0; sent < 1_000 && !door.isClosed(); sent++) {
            out.write(' ');
            out.flush();
            pause(200);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        sockets.forEach(FaultyLine::close);
        threads.shutdownNow();
    }
}
