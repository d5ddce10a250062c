package dev.slipway.communication.outside;

import dev.slipway.http.Call;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.RemoteServer;
import dev.slipway.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A server that carries messages. Where it failed, or says <em>not now</em> (408, 425, 429, 500 and above), the step is
 * tried again; where it won't, trying again does not help and the sentence says what does. In the end both are an
 * incident: people must not be left without a message unnoticed.
 */
public final class OutsideServer {

    private static final int TOO_MANY = 429;
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, TOO_MANY);

    private final String name;
    private final RemoteServer server;

    /** @param name as people call it */
    public OutsideServer(String name) {
        this.name = name;
        this.server = new RemoteServer(name);
    }

    /**
     * @param remedy what to look at where the server won't, a sentence
     * @return the answer, with a status of success
     * @throws UncheckedIOException  where it failed
     * @throws IllegalStateException where it won't
     */
    public Reply send(Call call, String remedy) {
        try {
            var reply = server.send(call);
            if (reply.isSuccess()) {
                return reply;
            }
            if (reply.status() == TOO_MANY) {
                throw busy(reply);
            }
            var sentence = name + " answered " + reply.status() + ": " + reply.reason() + ".";
            if (reply.status() >= 500 || NOT_NOW.contains(reply.status())) {
                throw failed(sentence);
            }
            throw new IllegalStateException(sentence + " " + remedy);
        } catch (NoUsableAnswer e) {
            throw failed(e.getMessage());
        }
    }

    /** @return what is thrown where there were too many requests */
    public UncheckedIOException busy(Reply reply) {
        return failed(name + " has had too many requests"
                + reply.header("Retry-After")
                        .map(seconds -> " and asks to wait " + seconds + " s.")
                        .orElse("."));
    }

    /** @return what is thrown where the server failed */
    public UncheckedIOException failed(String sentence) {
        return new UncheckedIOException(sentence, new IOException(sentence));
    }
}
