package dev.slipway.window.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * Asks HAProxy's Runtime API, one command a connection. HAProxy ends every answer with an empty line and closes; an
 * answer without that end was cut on its way and is not used.
 */
final class RuntimeApi {

    private static final int LARGEST_ANSWER = 4 * 1024 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final String END = "\n\n";

    private final RuntimeAddress at;

    RuntimeApi(RuntimeAddress at) {
        this.at = at;
    }

    RuntimeAddress at() {
        return at;
    }

    /**
     * @return what HAProxy says, without the empty line at its end; empty where it did as it was told and says nothing
     * @throws UncheckedIOException where no whole answer came in time
     */
    String ask(String command, Deadline deadline) {
        try {
            var answer = exchange(command, deadline);
            if (answer.equals("\n")) {
                return "";
            }
            if (!answer.endsWith(END)) {
                throw new IOException(answer.isEmpty() ? "it closed without an answer" : "its answer was cut short");
            }
            return answer.substring(0, answer.length() - END.length());
        } catch (IOException e) {
            throw unusable("did not answer: " + reason(e), e);
        }
    }

    /** @return the failure for an answer that came and that nobody understands */
    UncheckedIOException notUnderstood(String command, String answer) {
        return unusable("answered \"" + command + "\" with what is not understood: " + Quote.of(answer), null);
    }

    UncheckedIOException unusable(String what, IOException cause) {
        var message = "HAProxy at " + at + " " + what + ".";
        return new UncheckedIOException(message, new IOException(message, cause));
    }

    private String exchange(String command, Deadline deadline) throws IOException {
        var address = at.resolved();
        try (var channel = at.isPath() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
                var selector = Selector.open()) {
            channel.configureBlocking(false);
            var key = channel.register(selector, 0);
            if (!channel.connect(address)) {
                do {
                    await(key, SelectionKey.OP_CONNECT, deadline);
                } while (!channel.finishConnect());
            }
            var request = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
            while (request.hasRemaining()) {
                await(key, SelectionKey.OP_WRITE, deadline);
                channel.write(request);
            }
            return answer(channel, key, deadline);
        }
    }

    private static String answer(SocketChannel channel, SelectionKey key, Deadline deadline) throws IOException {
        var read = new ByteArrayOutputStream();
        var buffer = ByteBuffer.allocate(CHUNK);
        while (true) {
            await(key, SelectionKey.OP_READ, deadline);
            if (channel.read(buffer) < 0) {
                return read.toString(StandardCharsets.UTF_8);
            }
            buffer.flip();
            if (read.size() + buffer.remaining() > LARGEST_ANSWER) {
                throw new IOException("its answer is larger than " + LARGEST_ANSWER + " bytes");
            }
            read.write(buffer.array(), 0, buffer.limit());
            buffer.clear();
        }
    }

    private static void await(SelectionKey key, int operation, Deadline deadline) throws IOException {
        key.interestOps(operation);
        do {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException("it was not waited for any longer");
            }
            if (deadline.isOver()) {
                throw new IOException("nothing came within " + deadline.allowed());
            }
        } while (key.selector().select(deadline.millisLeft()) == 0);
        key.selector().selectedKeys().clear();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
