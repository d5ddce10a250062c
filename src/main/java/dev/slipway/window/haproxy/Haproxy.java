package dev.slipway.window.haproxy;

import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One HAProxy, asked about the two groups of an order. */
final class Haproxy {

    private static final String LEVEL = "show cli level";
    private static final String ADMIN = "admin";
    private static final String NOT_ALLOWED = "Permission denied";
    /** What HAProxy says when it won't, as opposed to what nobody understands. */
    private static final List<String> REFUSALS =
            List.of("Backend is using a static LB algorithm", "No such server.", "No such backend.");

    private final HaproxySettings settings;
    private final RuntimeApi api;
    private final Deadline deadline;

    Haproxy(HaproxySettings settings, RuntimeAddress at, Deadline deadline) {
        this.settings = settings;
        this.api = new RuntimeApi(at);
        this.deadline = deadline;
    }

    /** @throws Refused where the Runtime API may be read only */
    void mustObey() {
        var level = api.ask(LEVEL, deadline);
        switch (level) {
            case ADMIN -> {}
            case "operator", "user" -> throw notAllowed(level);
            default -> throw api.notUnderstood(LEVEL, level);
        }
    }

    Situation look(Order order) {
        var farm = farm();
        var names = List.copyOf(settings.groups().keySet());
        var one = Group.servers(names.get(0), settings.groups().get(names.get(0)), farm, api.at());
        var other = Group.servers(names.get(1), settings.groups().get(names.get(1)), farm, api.at());
        var versions = settings.versions()
                .of(Stream.concat(one.stream(), other.stream()).toList(), api, deadline);
        return Situation.of(
                order, farm, Group.of(names.get(0), one, versions), Group.of(names.get(1), other, versions));
    }

    /**
     * Gives each server the weight of its group, unless it has it. On the way the new version never has more than
     * before or after, and never does nobody have any: first the old version gains, then the new one loses, then the
     * new one gains, then the old one loses.
     *
     * @throws Refused              where HAProxy won't
     * @throws UncheckedIOException where it does not answer, or shows other weights afterwards
     */
    void give(Weights weights, Situation now) {
        var orders = new ArrayList<String>();
        orders.addAll(orders(now.stable(), weights.stable(), true));
        orders.addAll(orders(now.candidate(), weights.candidate(), false));
        orders.addAll(orders(now.candidate(), weights.candidate(), true));
        orders.addAll(orders(now.stable(), weights.stable(), false));
        for (var order : orders) {
            carryOut(order);
        }
        if (orders.isEmpty()) {
            return;
        }
        var farm = farm();
        mustShow(now.candidate(), weights.candidate(), farm);
        mustShow(now.stable(), weights.stable(), farm);
    }

    State state(Situation now, double asked) {
        var share = now.share();
        if (share < 0) {
            return new State.Unknown("no server of backend " + settings.backend() + " takes traffic: "
                    + Stream.of(now.candidate(), now.stable())
                            .map(group -> group.plights() + " " + now.weights(group))
                            .reduce("", (all, more) -> all + " " + more)
                            .strip());
        }
        if (share == 0 && now.candidate().hasWeight()) {
            return new State.Unknown(now.candidate().name() + " gets nothing only because it is down: "
                    + now.candidate().plights());
        }
        var weights = now.weights(asked);
        var stables = now.stable().servers().size();
        var candidates = now.candidate().servers().size();
        // The nearest that HAProxy can do is what was asked for.
        var isAsked = !weights.isFarFrom(asked, candidates, stables)
                && Math.abs(share - weights.share(candidates, stables)) < 1e-9;
        return new State.Serving(isAsked ? asked : Math.round(share * 1000) / 1000.0);
    }

    private Farm farm() {
        return Farm.ask(api, settings.backend(), deadline);
    }

    private List<String> orders(Group group, int weight, boolean gain) {
        return group.servers().stream()
                .filter(server -> gain ? server.weight() < weight : server.weight() > weight)
                .map(server -> "set weight " + settings.backend() + "/" + server.name() + " " + weight)
                .toList();
    }

    private void carryOut(String order) {
        var answer = api.ask(order, deadline);
        if (answer.isEmpty()) {
            return;
        }
        if (answer.startsWith(NOT_ALLOWED)) {
            throw notAllowed("less");
        }
        if (REFUSALS.stream().anyMatch(answer::startsWith)) {
            throw new Refused("HAProxy at " + api.at() + " answered \"" + order + "\": " + Quote.of(answer));
        }
        throw api.notUnderstood(order, answer);
    }

    private void mustShow(Group group, int weight, Farm farm) {
        for (var server : group.servers()) {
            var now = farm.servers().get(server.name());
            if (now == null || now.weight() != weight) {
                throw api.unusable(
                        "shows weight " + (now == null ? "of no server " : now.weight() + " of server ") + server.name()
                                + " after it was given " + weight,
                        null);
            }
        }
    }

    private Refused notAllowed(String level) {
        return new Refused("the Runtime API of HAProxy at " + api.at() + " has level " + level
                + " and may not set weights; bind it with level admin");
    }
}
