package dev.slipway.observation.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.observation.judge.Past;
import dev.slipway.observation.judge.Sample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A folder of recordings: {@code cases.json} with one CSV file a case, and optionally {@code pool/pool.json} with
 * windows of longer recordings and controlled effects in them. The format is documented in {@code docs/judge.md}.
 */
public final class Recordings {

    /** Where a recorded release came from, which decides under which name its verdict is written. */
    public enum Kind {
        CASES,
        WINDOWS,
        INJECTIONS
    }

    /**
     * A recorded metric.
     *
     * @param metric  what is agreed about it
     * @param history of earlier days
     * @param before  the release, oldest first
     * @param after   the release, one a look, oldest first
     */
    public record Recorded(Metric metric, Past history, List<Sample> before, List<Sample> after) {}

    /** A recorded release. */
    public record Recording(Kind kind, String id, List<Recorded> metrics) {}

    /** Something in the folder is not as documented. */
    public static final class BadRecording extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadRecording(String message) {
            super(message);
        }
    }

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final Map<Path, List<Map<String, String>>> tables = new HashMap<>();

    public Recordings(Path folder) {
        this.folder = folder;
    }

    /**
     * Hands over every recorded release, in the order of the files.
     *
     * @throws BadRecording where a file is missing or not as documented
     */
    public void each(Consumer<Recording> each) {
        var index = folder.resolve("cases.json");
        for (var described : required(read(index), "cases", index)) {
            each.accept(recordedCase(described, index));
        }
        var pool = folder.resolve("pool").resolve("pool.json");
        if (Files.exists(pool)) {
            eachOfPool(read(pool), pool, each);
        }
    }

    private Recording recordedCase(JsonNode described, Path index) {
        var id = text(described, "id", index);
        var rows = rows(folder.resolve(text(described, "file", index)));
        var metrics = new ArrayList<Recorded>();
        for (var metric : required(described, "metrics", index)) {
            metrics.add(new RecordedMetric(metric, index)
                    .of(in(rows, "history"), in(rows, "before"), in(rows, "after"), Map.of()));
        }
        return new Recording(Kind.CASES, id, metrics);
    }

    private void eachOfPool(JsonNode pool, Path index, Consumer<Recording> each) {
        var windows = new HashMap<String, JsonNode>();
        for (var window : required(pool, "windows", index)) {
            windows.put(text(window, "id", index), window);
            each.accept(window(Kind.WINDOWS, text(window, "id", index), window, pool, Map.of(), index));
        }
        for (var injection : pool.path("injections")) {
            var id = text(injection, "id", index);
            var window = windows.get(text(injection, "window", index));
            if (window == null) {
                throw new BadRecording(index + ": injection " + id + " names a window that is not there.");
            }
            var instead = new HashMap<String, List<Double>>();
            injection.path("after_override").properties().forEach(column -> {
                var values = new ArrayList<Double>();
                column.getValue().forEach(value -> values.add(value.isNumber() ? value.asDouble() : Double.NaN));
                instead.put(column.getKey(), values);
            });
            each.accept(window(Kind.INJECTIONS, id, window, pool, instead, index));
        }
    }

    private Recording window(
            Kind kind, String id, JsonNode window, JsonNode pool, Map<String, List<Double>> instead, Path index) {
        var base = pool.path("bases").path(text(window, "base", index));
        if (base.isMissingNode()) {
            throw new BadRecording(index + ": window " + id + " names a base that is not there.");
        }
        var rows = rows(index.resolveSibling(text(base, "file", index)));
        var first = number(window, "k", index);
        var before = number(window, "n_before", index);
        var after = number(window, "n_after", index);
        if (before > first || first + after > rows.size()) {
            throw new BadRecording(index + ": window " + id + " reaches beyond its recording.");
        }
        var metrics = new ArrayList<Recorded>();
        for (var metric : required(base, "metrics", index)) {
            metrics.add(new RecordedMetric(metric, index)
                    .of(
                            usable(rows.subList(0, first - before)),
                            usable(rows.subList(first - before, first)),
                            usable(rows.subList(first, first + after)),
                            instead));
        }
        return new Recording(kind, id, metrics);
    }

    // Tables

    private static List<Map<String, String>> in(List<Map<String, String>> rows, String phase) {
        return where(rows, row -> phase.equals(row.get("phase")));
    }

    private static List<Map<String, String>> usable(List<Map<String, String>> rows) {
        return where(rows, row -> !"0".equals(row.get("usable")));
    }

    private static List<Map<String, String>> where(
            List<Map<String, String>> rows, Predicate<Map<String, String>> wanted) {
        return rows.stream().filter(wanted).toList();
    }

    private List<Map<String, String>> rows(Path file) {
        return tables.computeIfAbsent(file, Recordings::readTable);
    }

    private static List<Map<String, String>> readTable(Path file) {
        var format = CSVFormat.DEFAULT
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                var parser = format.parse(reader)) {
            var rows = parser.stream().map(CSVRecord::toMap).toList();
            if (!parser.getHeaderNames().contains("epoch")) {
                throw new BadRecording(file + ": there is no column epoch.");
            }
            return rows;
        } catch (IOException | UncheckedIOException e) {
            throw new BadRecording(file + " could not be read: " + e.getMessage());
        }
    }

    static Instant at(Map<String, String> row) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(row.get("epoch").strip()));
        } catch (NumberFormatException e) {
            throw new BadRecording("epoch " + row.get("epoch") + " is not a number of seconds.");
        }
    }

    // JSON

    private JsonNode read(Path file) {
        try {
            return json.readTree(file.toFile());
        } catch (IOException e) {
            throw new BadRecording(file + " could not be read: " + e.getMessage());
        }
    }

    static JsonNode required(JsonNode node, String key, Path file) {
        if (!node.has(key)) {
            throw new BadRecording(file + ": " + key + " is missing.");
        }
        return node.get(key);
    }

    static String text(JsonNode node, String key, Path file) {
        return required(node, key, file).asText();
    }

    private static int number(JsonNode node, String key, Path file) {
        var number = required(node, key, file);
        if (!number.canConvertToInt()) {
            throw new BadRecording(file + ": " + key + " is not a whole number.");
        }
        return number.asInt();
    }
}
