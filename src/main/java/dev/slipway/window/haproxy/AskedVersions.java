package dev.slipway.window.haproxy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.slipway.http.NoUsableAnswer;
import dev.slipway.http.Question;
import dev.slipway.http.RemoteServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * The servers are asked themselves, by HTTP, for JSON that says which version they run. A server that HAProxy would not
 * use is not asked.
 *
 * @param url     with {@code $address} and {@code $port} for those by which HAProxy reaches the server
 * @param pointer where in the JSON the version stands
 */
record AskedVersions(RemoteServer asker, String url, JsonPointer pointer) implements Versions {

    /** A server that hangs must leave time for what is to be done about it. */
    private static final int PART_OF_TIME = 2;

    @Override
    public Map<String, Said> of(Collection<Server> servers, RuntimeApi haproxy, Deadline deadline) {
        var questions = new ArrayList<Callable<Map.Entry<String, Said>>>();
        for (var server : servers) {
            questions.add(() -> Map.entry(server.name(), said(server, deadline)));
        }
        var said = new HashMap<String, Said>();
        for (var answer : Together.all(questions)) {
            said.put(answer.getKey(), answer.getValue());
        }
        return said;
    }

    private Said said(Server server, Deadline deadline) {
        if (!server.usable()) {
            return new Said.Nothing(server.plight(), false);
        }
        if (server.port() == 0) {
            return new Said.Nothing(server.name() + " has no address that can be asked", false);
        }
        try {
            var timeout = Duration.ofMillis(Math.max(1, deadline.millisLeft() / PART_OF_TIME));
            var question = new Question(URI.create(addressOf(server)), Map.of(), timeout, null, Set.of());
            var version = asker.ask(question).at(pointer);
            return version.isValueNode() && !version.asText().isBlank()
                    ? new Said.Version(version.asText().strip())
                    : new Said.Nothing(server.name() + "'s answer has no version at " + pointer, true);
        } catch (NoUsableAnswer e) {
            return new Said.Nothing(server.name() + ": " + Quote.of(e.getMessage()), true);
        } catch (IllegalArgumentException e) {
            return new Said.Nothing(server.name() + " has no address that can be asked", false);
        }
    }

    private String addressOf(Server server) {
        var address = server.address().contains(":") ? "[" + server.address() + "]" : server.address();
        return url.replace("$address", address).replace("$port", String.valueOf(server.port()));
    }
}
