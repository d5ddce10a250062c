package dev.slipway.window.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Servers that run one version.
 *
 * @param said which version; nothing where its servers contradict each other or none says any
 */
record Group(String name, List<Server> servers, Said said) {

    /**
     * @throws Refused where HAProxy has not all of the servers, or one that takes part only when all others are down
     */
    static List<Server> servers(String name, List<String> members, Farm farm, RuntimeAddress at) {
        var servers = new ArrayList<Server>();
        for (var member : members) {
            var server = farm.servers().get(member);
            if (server == null) {
                throw new Refused("backend " + farm.backend() + " of HAProxy at " + at + " has no server " + member
                        + " for group " + name + "; it has "
                        + Quote.of(String.join(", ", farm.servers().keySet())));
            }
            if (server.backup()) {
                throw new Refused(member + " of group " + name + " is a backup server: its weight moves no traffic");
            }
            servers.add(server);
        }
        return servers;
    }

    static Group of(String name, List<Server> servers, Map<String, Said> versions) {
        var known = servers.stream()
                .map(server -> versions.get(server.name()))
                .flatMap(said -> said.known().stream())
                .distinct()
                .toList();
        var said = switch (known.size()) {
            case 0 -> silence(servers, versions);
            case 1 -> new Said.Version(known.get(0));
            default ->
                new Said.Nothing(
                        servers.stream()
                                .map(server -> server.name() + " "
                                        + versions.get(server.name()).inWords())
                                .collect(Collectors.joining(", ")),
                        false);
        };
        return new Group(name, servers, said);
    }

    private static Said silence(List<Server> servers, Map<String, Said> versions) {
        var silent = servers.stream()
                .map(server -> (Said.Nothing) versions.get(server.name()))
                .toList();
        return silent.stream().filter(Said.Nothing::later).findFirst().orElse(silent.get(0));
    }

    boolean runs(String version) {
        return version != null && said.is(version);
    }

    boolean hasUsable() {
        return servers.stream().anyMatch(Server::usable);
    }

    boolean hasWeight() {
        return servers.stream().anyMatch(server -> server.weight() > 0);
    }

    /** @return the weights of those that HAProxy would use */
    int usableWeight() {
        return servers.stream().filter(Server::usable).mapToInt(Server::weight).sum();
    }

    /** @return name and version of the group */
    String inWords() {
        return name + " " + said.inWords();
    }

    /** @return what is the matter with those that HAProxy would not use */
    String plights() {
        return servers.stream()
                .filter(server -> !server.usable())
                .map(Server::plight)
                .collect(Collectors.joining(", "));
    }
}
