package dev.slipway.window.haproxy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.slipway.catalog.Settings;
import dev.slipway.http.RemoteServer;
import dev.slipway.window.Deployer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code haproxy}: two groups of servers of a backend, of which one runs the version that serves and the other
 * the new one; traffic moves by their weights, set by HAProxy's Runtime API. It starts nothing: whoever installs the
 * new version does so on the group without traffic.
 *
 * <p>Settings: {@code socket}, where Runtime APIs of level admin listen, {@code host:port} or the absolute path of a UNIX
 * socket, or a list of up to 8 where several HAProxies share the traffic, required; {@code backend}, required;
 * {@code groups}, two names with 1 to 64 servers each, required; {@code versions}, who knows what a server runs,
 * required: {@code {url, pointer}}, an http address with {@code $address} and {@code $port} of the server in it and a
 * {@link JsonPointer} into its answer (default {@code /version}), or {@code {map}}, the file of a map in HAProxy from
 * names of servers to versions; {@code timeout} of one whole operation, 1 s to 20 s, default 5 s.
 *
 * <p>Nothing is remembered here: each operation asks HAProxy for servers, health and weights, asks what runs on them,
 * changes what differs, and looks again. A group that is to get traffic and has no healthy server, or runs something
 * else, is a refusal, told before any weight changes; so are an unknown backend, server or map and a Runtime API of
 * another level. No whole answer in time, an answer that is not understood, weights that are not what they were set to,
 * and servers that do not tell their version are technical failures. Server weights go from 0 to 256: a share that can't
 * be had with them to a tenth of itself is a refusal.
 */
@Component
class HaproxyDeployer implements Deployer {

    private static final double NONE = 0;

    private final RemoteServer asker = new RemoteServer("The server");

    @Override
    public String name() {
        return "haproxy";
    }

    @Override
    public List<String> problems(Settings settings) {
        return HaproxySettings.problems(settings);
    }

    /** One HAProxy may serve staging too, by another backend. */
    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return HaproxySettings.isSamePlace(one, other);
    }

    @Override
    public Answer deploy(Order order) {
        return answer(() -> {
            var seen = everywhere(order, haproxy -> {
                haproxy.mustObey();
                var now = haproxy.look(order);
                now.mustBeReady();
                return now;
            });
            var now = same(seen);
            return new Answer.Done(now.candidate().name() + " runs " + order.version() + ", without traffic; "
                    + now.candidate().servers().size() + " of its servers are up." + now.caveat());
        });
    }

    /** Where several HAProxies share the traffic, all of them are looked at before anything moves. */
    @Override
    public Answer shift(Order order) {
        return answer(() -> {
            var settings = HaproxySettings.of(order.settings(), asker);
            var deadline = Deadline.in(settings.timeout());
            var haproxies = settings.sockets().stream()
                    .map(at -> new Haproxy(settings, at, deadline))
                    .toList();
            var seen = Together.all(haproxies.stream()
                    .map(haproxy -> (Callable<Situation>) () -> haproxy.look(order))
                    .toList());
            var now = same(seen);
            var weights = now.weights(order.weight());
            mustBeNear(weights, now);
            for (var each : seen) {
                each.mustDivide();
                each.mustTake(weights);
            }
            var gifts = new ArrayList<Callable<Boolean>>();
            for (var i = 0; i < haproxies.size(); i++) {
                var haproxy = haproxies.get(i);
                var its = seen.get(i);
                gifts.add(() -> {
                    haproxy.give(weights, its);
                    return true;
                });
            }
            Together.all(gifts);
            return new Answer.Done(shifted(now, weights));
        });
    }

    /** Where several HAProxies share the traffic, one that does not answer keeps none of the others from going back. */
    @Override
    public Answer rollBack(Order order) {
        return answer(() -> {
            var seen = everywhere(order, haproxy -> {
                var now = haproxy.look(order);
                var weights = now.weights(NONE);
                now.mustTake(weights);
                haproxy.give(weights, now);
                return now;
            });
            var now = seen.get(0);
            return new Answer.Done(now.stable().inWords() + " and has all traffic, "
                    + now.candidate().name() + " has none." + now.caveat());
        });
    }

    @Override
    public State state(Order order) {
        try {
            var states = everywhere(order, haproxy -> haproxy.state(haproxy.look(order), order.weight())).stream()
                    .distinct()
                    .toList();
            return states.size() == 1
                    ? states.get(0)
                    : new State.Unknown("the HAProxies do not agree: " + Quote.of(states.toString()));
        } catch (Refused e) {
            return new State.Unknown(e.getMessage());
        }
    }

    private static Answer answer(Supplier<Answer> operation) {
        try {
            return operation.get();
        } catch (Refused e) {
            return new Answer.Failed(e.getMessage());
        }
    }

    private <T> List<T> everywhere(Order order, Function<Haproxy, T> operation) {
        var settings = HaproxySettings.of(order.settings(), asker);
        var deadline = Deadline.in(settings.timeout());
        return Together.all(settings.sockets().stream()
                .map(at -> (Callable<T>) () -> operation.apply(new Haproxy(settings, at, deadline)))
                .toList());
    }

    /** @throws Refused where the HAProxies take different groups for the new version's */
    private static Situation same(List<Situation> seen) {
        var first = seen.get(0);
        for (var each : seen) {
            if (!each.candidate().name().equals(first.candidate().name())) {
                throw new Refused("the HAProxies do not agree which group runs "
                        + first.order().version());
            }
        }
        return first;
    }

    private static void mustBeNear(Weights weights, Situation now) {
        var candidates = now.candidate().servers().size();
        var stables = now.stable().servers().size();
        if (weights.isFarFrom(now.order().weight(), candidates, stables)) {
            throw new Refused("weights from 0 to " + Weights.MOST + " can't give "
                    + percent(now.order().weight()) + " to "
                    + candidates + " of " + (candidates + stables) + " servers; the nearest is "
                    + percent(weights.share(candidates, stables)));
        }
    }

    private static String shifted(Situation now, Weights weights) {
        var candidates = now.candidate().servers().size();
        var stables = now.stable().servers().size();
        return now.candidate().inWords() + " and has " + percent(weights.share(candidates, stables)) + ", "
                + now.stable().name() + " the rest." + now.caveat();
    }

    private static String percent(double value) {
        var rounded = Math.round(value * 100) / 100.0;
        return (rounded == Math.rint(rounded) ? String.valueOf((long) rounded) : String.valueOf(rounded)) + " %";
    }
}
