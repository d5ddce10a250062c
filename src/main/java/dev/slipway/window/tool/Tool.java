package dev.slipway.window.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.http.Call;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.RemoteServer;
import dev.slipway.http.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * A tool that is asked by HTTP. What it refuses is told apart from what failed: a status that says <em>not now</em> (408,
 * 425, 429, 500 and above, or 403 with a limit of requests that is used up) is a technical failure like no answer at all,
 * and every other one that is no success is a refusal.
 */
public final class Tool {

    /** Client errors by their number that say: not now. */
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

    private final String name;
    private final RemoteServer server;

    /** @param name as people call it */
    public Tool(String name) {
        this.name = name;
        this.server = new RemoteServer(name);
    }

    /**
     * @return the answer's JSON; missing where there is none
     * @throws Refused              where the tool can't or won't
     * @throws UncheckedIOException where it failed, or nobody knows
     */
    public JsonNode ask(Call call) throws Refused {
        try {
            var reply = server.send(call);
            if (reply.isSuccess()) {
                return reply.json();
            }
            var sentence = name + " answered " + reply.status() + ": " + reply.reason() + ".";
            if (isNotNow(reply)) {
                throw failed(sentence);
            }
            throw new Refused(reply.status(), sentence);
        } catch (NoUsableAnswer e) {
            throw failed(e.getMessage());
        }
    }

    /** @return what is thrown where the tool failed */
    public UncheckedIOException failed(String sentence) {
        return new UncheckedIOException(sentence, new IOException(sentence));
    }

    private static boolean isNotNow(Reply reply) {
        return reply.status() >= 500
                || NOT_NOW.contains(reply.status())
                || (reply.status() == 403 && isOutOfRequests(reply));
    }

    private static boolean isOutOfRequests(Reply reply) {
        return reply.header("Retry-After").isPresent()
                || reply.header("X-RateLimit-Remaining")
                        .filter(left -> left.equals("0"))
                        .isPresent();
    }
}
