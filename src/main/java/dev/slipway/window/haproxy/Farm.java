package dev.slipway.window.haproxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A backend with its servers, as HAProxy shows it at one moment.
 *
 * @param algorithm how it balances, such as {@code roundrobin}; empty where HAProxy does not say
 * @param cookie    that binds visitors to a server; empty where there is none
 * @param servers   by name
 */
record Farm(String backend, String algorithm, String cookie, Map<String, Server> servers) {

    private static final String STATE = "show servers state ";
    private static final String STATISTICS = "show stat ";
    /** Rows of backends and of servers, whatever their number. */
    private static final String BACKEND_AND_SERVERS = " 6 -1";

    private static final String NO_SUCH_BACKEND = "Can't find backend.";
    private static final String FORMAT = "1";
    private static final int STARTING = 1;
    private static final int RUNNING = 2;
    /** Maintenance and draining, by order, by configuration, inherited or for want of an address. */
    private static final int OUT_OF_SERVICE = 0x01 | 0x02 | 0x04 | 0x08 | 0x10 | 0x20;

    private static final int CHECK_CONFIGURED = 0x02;
    /** The last status without an outcome: while a later check runs the status stays, whereas the result is reset. */
    private static final int FIRST_CHECK_BEGUN = 2;

    private static final int OF_BACKEND = 1;
    private static final int OF_SERVER = 2;

    /**
     * @throws Refused              where HAProxy has no such backend
     * @throws UncheckedIOException where it does not answer, or with what is not understood
     */
    static Farm ask(RuntimeApi haproxy, String backend, Deadline deadline) {
        var state = haproxy.ask(STATE + backend, deadline);
        if (state.equals(NO_SUCH_BACKEND)) {
            throw new Refused("HAProxy at " + haproxy.at() + " has no backend " + backend);
        }
        var command = STATISTICS + backend + BACKEND_AND_SERVERS;
        var statistics = haproxy.ask(command, deadline);
        List<Map<String, String>> rows;
        try {
            rows = rowsOfState(state, backend);
        } catch (IllegalArgumentException e) {
            throw haproxy.notUnderstood(STATE + backend, e.getMessage());
        }
        try {
            return of(backend, rows, rowsOfStatistics(statistics, backend));
        } catch (IllegalArgumentException e) {
            throw haproxy.notUnderstood(command, e.getMessage());
        }
    }

    /** @throws IllegalArgumentException saying what is not understood */
    static Farm of(String backend, List<Map<String, String>> state, List<Map<String, String>> statistics) {
        var algorithm = "";
        var cookie = "";
        var more = new HashMap<String, Map<String, String>>();
        for (var row : statistics) {
            var type = number(row, "type");
            if (type == OF_BACKEND) {
                algorithm = row.getOrDefault("algo", "");
                cookie = row.getOrDefault("cookie", "");
            } else if (type == OF_SERVER) {
                more.put(text(row, "svname"), row);
            }
        }
        var servers = new LinkedHashMap<String, Server>();
        for (var row : state) {
            var server = server(row, more);
            servers.put(server.name(), server);
        }
        return new Farm(backend, algorithm, cookie, servers);
    }

    /**
     * @param answer to {@code show servers state}
     * @return the columns of each server
     * @throws IllegalArgumentException saying what is not understood
     */
    static List<Map<String, String>> rowsOfState(String answer, String backend) {
        var lines = answer.split("\n");
        if (lines.length < 2 || !lines[0].equals(FORMAT) || !lines[1].startsWith("# ")) {
            throw new IllegalArgumentException(answer);
        }
        var columns = lines[1].substring(2).split(" ");
        return List.of(lines).subList(2, lines.length).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> row(columns, line.split(" "), "be_name", backend, line))
                .toList();
    }

    /**
     * @param answer to {@code show stat}
     * @return the columns of the backend and of each server
     * @throws IllegalArgumentException saying what is not understood
     */
    static List<Map<String, String>> rowsOfStatistics(String answer, String backend) {
        if (!answer.startsWith("# ")) {
            throw new IllegalArgumentException(answer);
        }
        try (var parser = CSVParser.parse(answer.substring(2), CSVFormat.DEFAULT)) {
            var lines = parser.getRecords();
            var columns = lines.get(0).values();
            return lines.subList(1, lines.size()).stream()
                    .map(CSVRecord::values)
                    .map(line -> row(columns, line, "pxname", backend, String.join(",", line)))
                    .toList();
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            throw new IllegalArgumentException(answer, e);
        }
    }

    /** A row that is shorter than the head was not written by HAProxy as a whole. */
    private static Map<String, String> row(
            String[] columns, String[] values, String ofBackend, String backend, String line) {
        var row = new HashMap<String, String>();
        for (var i = 0; i < columns.length; i++) {
            if (i >= values.length) {
                throw new IllegalArgumentException(line);
            }
            row.put(columns[i], values[i]);
        }
        if (!backend.equals(row.get(ofBackend))) {
            throw new IllegalArgumentException(line);
        }
        return row;
    }

    private static Server server(Map<String, String> state, Map<String, Map<String, String>> statistics) {
        var name = text(state, "srv_name");
        var more = statistics.get(name);
        if (more == null) {
            throw new IllegalArgumentException("nothing about " + name);
        }
        var operational = number(state, "srv_op_state");
        var checked = (number(state, "srv_check_state") & CHECK_CONFIGURED) != 0;
        var weight = number(state, "srv_uweight");
        if (weight < 0 || weight > Weights.MOST) {
            throw new IllegalArgumentException(name + " has weight " + weight);
        }
        return new Server(
                name,
                text(state, "srv_addr"),
                number(state, "srv_port"),
                weight,
                (operational == RUNNING || operational == STARTING)
                        && (number(state, "srv_admin_state") & OUT_OF_SERVICE) == 0,
                checked,
                checked && number(state, "srv_check_status") <= FIRST_CHECK_BEGUN,
                number(more, "bck") != 0,
                condition(more));
    }

    private static String condition(Map<String, String> statistics) {
        var status = text(statistics, "status");
        var check = statistics.getOrDefault("last_chk", "");
        return Quote.of(check.isEmpty() ? status : status + " (" + check + ")");
    }

    private static String text(Map<String, String> row, String column) {
        var value = row.get(column);
        if (value == null || value.isEmpty()) {
            throw new IllegalArgumentException(
                    "no " + column + " in " + row.values().stream().limit(5).collect(Collectors.joining(" ")));
        }
        return value;
    }

    private static int number(Map<String, String> row, String column) {
        var value = text(row, column);
        if (!value.matches("-?\\d{1,9}")) {
            throw new IllegalArgumentException(column + " is " + value);
        }
        return Integer.parseInt(value);
    }
}
