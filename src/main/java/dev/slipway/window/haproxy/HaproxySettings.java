package dev.slipway.window.haproxy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.slipway.catalog.Settings;
import dev.slipway.http.RemoteServer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service file says of its HAProxy.
 *
 * @param sockets where the Runtime APIs of one or several HAProxies listen
 * @param groups  names of servers by name of group, two of them
 */
record HaproxySettings(
        List<RuntimeAddress> sockets,
        String backend,
        Map<String, List<String>> groups,
        Versions versions,
        Duration timeout) {

    private static final String SOCKET = "socket";
    private static final String BACKEND = "backend";
    private static final String GROUPS = "groups";
    private static final String VERSIONS = "versions";
    private static final String TIMEOUT = "timeout";
    private static final Set<String> KNOWN = Set.of(SOCKET, BACKEND, GROUPS, VERSIONS, TIMEOUT);
    private static final String MAP = "map";
    private static final String URL = "url";
    private static final String POINTER = "pointer";
    private static final String USUAL_POINTER = "/version";

    /** Nothing else may stand in a command: a blank or a semicolon would begin another one. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:-]{1,200}");

    private static final Pattern MAP_FILE = Pattern.compile("[A-Za-z0-9_./@:-]{1,400}");
    private static final int MOST_SOCKETS = 8;
    private static final int MOST_SERVERS = 64;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);
    /** The engine waits a minute for a job, and a job asks for the state first. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(20);

    /** @throws IllegalArgumentException naming what is wrong */
    static HaproxySettings of(Settings settings, RemoteServer asker) {
        var problems = problems(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
        var groups = new LinkedHashMap<String, List<String>>();
        map(settings, GROUPS).forEach((name, servers) -> groups.put(name, texts(servers)));
        return new HaproxySettings(
                sockets(settings).stream()
                        .flatMap(socket -> RuntimeAddress.of(socket).stream())
                        .distinct()
                        .toList(),
                settings.required(BACKEND),
                groups,
                versions(map(settings, VERSIONS), asker),
                settings.duration(TIMEOUT, USUAL_TIMEOUT));
    }

    private static Versions versions(Map<String, Object> versions, RemoteServer asker) {
        return versions.containsKey(MAP)
                ? new MapVersions(versions.get(MAP).toString())
                : new AskedVersions(
                        asker,
                        versions.get(URL).toString(),
                        JsonPointer.compile(
                                versions.getOrDefault(POINTER, USUAL_POINTER).toString()));
    }

    static List<String> problems(Settings settings) {
        var problems = new ArrayList<String>();
        settings.values().keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> problems.add(name + " is not a setting of haproxy; there are socket, backend, groups,"
                        + " versions, timeout"));
        problems.addAll(problemsOfSockets(settings));
        var backend = settings.text(BACKEND);
        if (backend.isEmpty()) {
            problems.add("backend is missing: the name of the backend whose servers are divided into groups");
        } else if (!NAME.matcher(backend.get()).matches()) {
            problems.add("backend: " + Quote.of(backend.get()) + " is not the name of a backend");
        }
        problems.addAll(problemsOfGroups(settings));
        problems.addAll(problemsOfVersions(settings));
        problems.addAll(problemsOfTimeout(settings));
        return problems;
    }

    /** @return whether they lead to the same backend of one HAProxy at least */
    static boolean isSamePlace(Settings one, Settings other) {
        var theirs = new HashSet<>(addresses(other));
        return one.text(BACKEND).equals(other.text(BACKEND))
                && addresses(one).stream().anyMatch(theirs::contains);
    }

    private static List<RuntimeAddress> addresses(Settings settings) {
        return sockets(settings).stream()
                .flatMap(socket -> RuntimeAddress.of(socket).stream())
                .toList();
    }

    private static List<String> sockets(Settings settings) {
        var socket = settings.values().get(SOCKET);
        return socket == null ? List.of() : texts(socket);
    }

    private static List<String> problemsOfSockets(Settings settings) {
        var sockets = sockets(settings);
        if (sockets.isEmpty()) {
            return List.of("socket is missing: where HAProxy's Runtime API listens, such as 10.0.0.5:9999 or"
                    + " /run/haproxy/admin.sock; a list where several HAProxies share the traffic");
        }
        if (sockets.size() > MOST_SOCKETS) {
            return List.of("socket: " + sockets.size() + " are too many; at most " + MOST_SOCKETS);
        }
        return sockets.stream()
                .filter(socket -> RuntimeAddress.of(socket).isEmpty())
                .map(socket -> "socket: " + Quote.of(socket)
                        + " is neither host:port nor the absolute path of a socket (at most 107 characters)")
                .toList();
    }

    private static List<String> problemsOfGroups(Settings settings) {
        if (!settings.values().containsKey(GROUPS)) {
            return List.of(
                    "groups is missing: two groups of servers, such as {blue: [web1, web2], green: [web3, web4]}");
        }
        var groups = map(settings, GROUPS);
        if (groups.size() != 2) {
            return List.of("groups: must be two groups of servers, such as {blue: [web1, web2], green: [web3, web4]}");
        }
        var problems = new ArrayList<String>();
        var seen = new HashSet<String>();
        groups.forEach((group, value) -> {
            var servers = texts(value);
            if (servers.isEmpty() || servers.size() > MOST_SERVERS) {
                problems.add("groups: " + group + " must name 1 to " + MOST_SERVERS + " servers");
            }
            for (var server : servers) {
                if (!NAME.matcher(server).matches()) {
                    problems.add("groups: " + Quote.of(server) + " of " + group + " is not the name of a server");
                } else if (!seen.add(server)) {
                    problems.add("groups: " + server + " is named twice");
                }
            }
        });
        return problems;
    }

    private static List<String> problemsOfVersions(Settings settings) {
        var versions = map(settings, VERSIONS);
        if (versions.containsKey(MAP) == versions.containsKey(URL)) {
            return List.of("versions must say who knows what a server runs: either {url:"
                    + " \"http://$address:$port/info\", pointer: /version} or {map: /etc/haproxy/checkout.versions}");
        }
        var known = versions.containsKey(MAP) ? Set.of(MAP) : Set.of(URL, POINTER);
        for (var name : versions.keySet()) {
            if (!known.contains(name)) {
                return List.of("versions: " + name + " is not a setting here; there are " + String.join(", ", known));
            }
        }
        if (versions.containsKey(MAP)) {
            var map = versions.get(MAP).toString();
            return MAP_FILE.matcher(map).matches()
                    ? List.of()
                    : List.of("versions: " + Quote.of(map) + " is not the file of a map");
        }
        return problemsOfUrl(
                versions.get(URL).toString(),
                versions.getOrDefault(POINTER, USUAL_POINTER).toString());
    }

    private static List<String> problemsOfUrl(String url, String pointer) {
        var problems = new ArrayList<String>();
        if (!url.contains("$address")
                || !isHttp(url.replace("$address", "127.0.0.1").replace("$port", "80"))) {
            problems.add("versions: " + Quote.of(url)
                    + " is not an http or https address with $address in it, such as http://$address:$port/info");
        }
        try {
            JsonPointer.compile(pointer);
        } catch (IllegalArgumentException e) {
            problems.add("versions: " + Quote.of(pointer) + " is not a JSON pointer such as /build/version");
        }
        return problems;
    }

    private static List<String> problemsOfTimeout(Settings settings) {
        try {
            var timeout = settings.duration(TIMEOUT, USUAL_TIMEOUT);
            return timeout.compareTo(SHORTEST_TIMEOUT) < 0 || timeout.compareTo(LONGEST_TIMEOUT) > 0
                    ? List.of("timeout: " + timeout + " is not between " + SHORTEST_TIMEOUT + " and " + LONGEST_TIMEOUT)
                    : List.of();
        } catch (IllegalArgumentException e) {
            return List.of(e.getMessage());
        }
    }

    private static boolean isHttp(String text) {
        try {
            var url = URI.create(text);
            return Stream.of("http", "https").anyMatch(scheme -> scheme.equalsIgnoreCase(url.getScheme()))
                    && url.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static List<String> texts(Object value) {
        return value instanceof List<?> list
                ? list.stream().map(Object::toString).toList()
                : List.of(value.toString());
    }

    private static Map<String, Object> map(Settings settings, String name) {
        var map = new LinkedHashMap<String, Object>();
        if (settings.values().get(name) instanceof Map<?, ?> found) {
            found.forEach((key, value) -> map.put(key.toString(), value));
        }
        return map;
    }
}
