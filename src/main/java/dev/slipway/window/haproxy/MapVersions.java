package dev.slipway.window.haproxy;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A map of HAProxy itself says which version a server runs: server name, blank, version. Whoever installs a version
 * writes it there.
 *
 * @param map its file, as HAProxy names it
 */
record MapVersions(String map) implements Versions {

    private static final String NO_SUCH_MAP = "Unknown map identifier";
    private static final Pattern ENTRY = Pattern.compile("0x[0-9a-f]+ (\\S+)(?: (.*))?");

    @Override
    public Map<String, Said> of(Collection<Server> servers, RuntimeApi haproxy, Deadline deadline) {
        var command = "show map " + map;
        var answer = haproxy.ask(command, deadline);
        if (answer.startsWith(NO_SUCH_MAP)) {
            throw new Refused(
                    "HAProxy at " + haproxy.at() + " has no map " + map + ": a rule of its configuration must use it");
        }
        try {
            var entries = entries(answer);
            return servers.stream()
                    .collect(Collectors.toMap(Server::name, server -> said(server, entries.get(server.name()))));
        } catch (IllegalArgumentException e) {
            throw haproxy.notUnderstood(command, e.getMessage());
        }
    }

    /** @throws IllegalArgumentException with the line that is not understood */
    static Map<String, String> entries(String answer) {
        var entries = new HashMap<String, String>();
        for (var line : answer.split("\n")) {
            if (line.isEmpty()) {
                continue;
            }
            var matcher = ENTRY.matcher(line);
            if (!matcher.matches()) {
                throw new IllegalArgumentException(line);
            }
            var version = matcher.group(2) == null ? "" : matcher.group(2).strip();
            // HAProxy lets a key be added twice; it is not for us to choose which of them is true.
            entries.merge(matcher.group(1), version, (one, other) -> one.equals(other) ? one : "");
        }
        return entries;
    }

    private Said said(Server server, String version) {
        if (version == null) {
            return new Said.Nothing(map + " does not name " + server.name(), false);
        }
        return version.isEmpty()
                ? new Said.Nothing(map + " names no version, or several, for " + server.name(), false)
                : new Said.Version(version);
    }
}
