package dev.slipway.window.haproxy;

import dev.slipway.window.Deployer.Order;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an order is about, as one HAProxy shows it at one moment.
 *
 * @param candidate the group of the version that is released
 * @param stable    the other one
 */
record Situation(Order order, Farm farm, Group candidate, Group stable) {

    /**
     * Which group is whose. One that is known makes the other known too: a new version that does not answer any more is
     * no reason to leave it its traffic.
     *
     * @throws Refused              where neither group is the one or the other
     * @throws UncheckedIOException where that may be known later
     */
    static Situation of(Order order, Farm farm, Group one, Group other) {
        if (order.version().equals(order.servingVersion())) {
            throw new Refused(
                    order.version() + " serves already: two groups with the same version can't be told apart");
        }
        if (one.said().known().isPresent() && one.said().equals(other.said())) {
            throw new Refused(one.name() + " and " + other.name() + " both run "
                    + one.said().known().get());
        }
        if (one.runs(order.version()) || other.runs(order.servingVersion())) {
            return new Situation(order, farm, one, other);
        }
        if (other.runs(order.version()) || one.runs(order.servingVersion())) {
            return new Situation(order, farm, other, one);
        }
        var found = one.inWords() + ", " + other.inWords();
        if (Stream.of(one, other).anyMatch(group -> group.said() instanceof Said.Nothing said && said.later())) {
            throw unknownYet(found);
        }
        throw new Refused("no group runs " + order.version()
                + (order.servingVersion() == null ? "" : " or " + order.servingVersion()) + ": " + found);
    }

    /** @throws Refused where the group of the new version is not ready for traffic, or has some already */
    void mustBeReady() {
        mustDivide();
        if (candidate.servers().stream().anyMatch(server -> !server.usable())) {
            throw new Refused("not every server of " + candidate.name() + " is up: " + candidate.plights());
        }
        candidate.servers().stream().filter(Server::awaitsCheck).findFirst().ifPresent(server -> {
            throw unknownYet("HAProxy has not checked " + server.name() + " yet");
        });
        mustRun(candidate, order.version());
        if (candidate.hasWeight()) {
            throw new Refused(candidate.name() + " with " + order.version()
                    + " gets traffic already; set the weights of its servers to 0: " + weights(candidate));
        }
    }

    /** @throws Refused where a group that is to get traffic can't take it, or does not run what it should */
    void mustTake(Weights weights) {
        if (weights.candidate() > 0) {
            mustTake(candidate, order.version());
        }
        if (weights.stable() > 0) {
            mustTake(stable, order.servingVersion());
        }
    }

    /** @throws Refused where weights do not decide who gets which part of the traffic */
    void mustDivide() {
        if (Stream.of("static-rr", "first").anyMatch(farm.algorithm()::equals)) {
            throw new Refused("backend " + farm.backend() + " balances by " + farm.algorithm()
                    + ", which knows no weights while it runs; use roundrobin");
        }
        var strangers = farm.servers().values().stream()
                .filter(server -> !server.backup() && server.weight() > 0)
                .filter(server -> Stream.of(candidate, stable)
                        .noneMatch(group -> group.servers().contains(server)))
                .map(Server::name)
                .collect(Collectors.joining(", "));
        if (!strangers.isEmpty()) {
            throw new Refused(strangers + " in backend " + farm.backend()
                    + " would get traffic too and belongs to neither group");
        }
    }

    private static void mustTake(Group group, String version) {
        if (!group.hasUsable()) {
            throw new Refused("no server of " + group.name() + " is up: " + group.plights());
        }
        if (version != null) {
            mustRun(group, version);
        }
    }

    private static void mustRun(Group group, String version) {
        if (group.runs(version)) {
            return;
        }
        if (group.said() instanceof Said.Nothing said && said.later()) {
            throw unknownYet(group.inWords());
        }
        throw new Refused(group.inWords() + ", not " + version);
    }

    /** @return the weights for that percentage of the new version */
    Weights weights(double percent) {
        return Weights.nearest(
                percent, candidate.servers().size(), stable.servers().size());
    }

    /** @return whether every server has the weight of its group */
    boolean shows(Weights weights) {
        return candidate.servers().stream().allMatch(server -> server.weight() == weights.candidate())
                && stable.servers().stream().allMatch(server -> server.weight() == weights.stable());
    }

    /** @return percentage of the traffic that the new version gets now; negative where nobody gets any */
    double share() {
        var theirs = candidate.usableWeight();
        var all = theirs + stable.usableWeight();
        return all == 0 ? -1 : 100.0 * theirs / all;
    }

    String weights(Group group) {
        return farm.servers().values().stream()
                .filter(group.servers()::contains)
                .map(server -> server.name() + " has " + server.weight())
                .collect(Collectors.joining(", "));
    }

    /** @return what else decides who gets traffic; empty where only the weights do */
    String caveat() {
        var caveats = Stream.of(
                        farm.cookie().isEmpty()
                                ? ""
                                : "visitors that cookie " + farm.cookie() + " binds to a server stay with it",
                        List.of("roundrobin", "random", "").contains(farm.algorithm())
                                ? ""
                                : "balance " + farm.algorithm() + " divides something else than requests, so that"
                                        + " shares differ from the weights",
                        candidate.servers().stream().allMatch(Server::checked)
                                ? ""
                                : "HAProxy does not check every server of " + candidate.name())
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
        return caveats.isEmpty() ? "" : " Mind: " + caveats + ".";
    }

    private static UncheckedIOException unknownYet(String what) {
        return new UncheckedIOException(what + ".", new IOException(what));
    }
}
