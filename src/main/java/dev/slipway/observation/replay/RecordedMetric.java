package dev.slipway.observation.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Counts;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.catalog.ServiceDefinition.MetricKind;
import dev.slipway.catalog.ServiceDefinition.OnNoData;
import dev.slipway.catalog.ServiceDefinition.WorseWhen;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.judge.Past;
import dev.slipway.observation.judge.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A metric as a recording describes it. What a service file would say and the recording does not is guessed from its
 * name, so that recordings of any origin can be judged; {@code measures} and {@code unit} say it better.
 */
final class RecordedMetric {

    private static final Pattern LATENCY = Pattern.compile(".*(latency|duration|response_time).*");
    private static final Pattern SATURATION = Pattern.compile(".*(cpu|memory|heap|disk|utili[sz]ation|occupancy).*");

    private final JsonNode described;
    private final boolean ratio;
    private final Path file;

    RecordedMetric(JsonNode described, Path file) {
        this.described = described;
        this.ratio = "ratio".equals(described.path("kind").asText());
        this.file = file;
    }

    /** @param instead columns whose values after the release are replaced */
    Recordings.Recorded of(
            List<Map<String, String>> history,
            List<Map<String, String>> before,
            List<Map<String, String>> after,
            Map<String, List<Double>> instead) {
        var earlier = history.stream()
                .map(row -> sample(row, Map.of(), 0))
                .filter(sample -> sample.kind() == Sample.Kind.VALUE)
                .map(sample -> new Past.Point(sample.at(), sample.value()))
                .toList();
        var looks = new ArrayList<Sample>();
        for (var i = 0; i < after.size(); i++) {
            looks.add(sample(after.get(i), instead, i));
        }
        return new Recordings.Recorded(
                metric(),
                Past.of(earlier, earlier), // a recording has one row a look, in its history too
                before.stream().map(row -> sample(row, Map.of(), 0)).toList(),
                looks);
    }

    private Metric metric() {
        var name = Recordings.text(described, "name", file);
        var lower = Objects.equals("decrease", described.path("bad").asText());
        return new Metric(
                name,
                kind(name.toLowerCase(Locale.ROOT), lower),
                "recording",
                null,
                ratio ? new Counts(column("numerator"), column("denominator")) : null,
                null,
                unit(name),
                lower ? WorseWhen.LOWER : WorseWhen.HIGHER,
                number("fail_above"),
                number("fail_below"),
                CompareWith.BEFORE,
                number("tolerance"),
                null,
                described.path("critical").asBoolean(),
                described.path("weight").asDouble(1),
                false,
                false,
                OnNoData.INCONCLUSIVE,
                Settings.NONE);
    }

    private MetricKind kind(String name, boolean lowerIsWorse) {
        if (described.has("measures")) {
            var said = Recordings.text(described, "measures", file);
            for (var kind : MetricKind.values()) {
                if (kind.name().replace('_', '-').equalsIgnoreCase(said)) {
                    return kind;
                }
            }
            throw new Recordings.BadRecording(file + ": measures " + said
                    + " is not one of error-rate, latency, business, background, saturation.");
        }
        if (ratio || described.has("bounds")) {
            return MetricKind.ERROR_RATE;
        }
        if (lowerIsWorse) {
            return MetricKind.BUSINESS;
        }
        return !LATENCY.matcher(name).matches() && SATURATION.matcher(name).matches()
                ? MetricKind.SATURATION
                : MetricKind.LATENCY;
    }

    private String unit(String name) {
        if (described.has("unit")) {
            return described.path("unit").asText();
        }
        if (ratio) {
            return "ratio";
        }
        if (described.has("bounds")) {
            return described.path("bounds").path(1).asDouble() > 1 ? "percent" : "ratio";
        }
        return name.endsWith("_ms") ? "ms" : name.endsWith("_s") ? "s" : null;
    }

    private Sample sample(Map<String, String> row, Map<String, List<Double>> instead, int look) {
        var at = Recordings.at(row);
        if (ratio) {
            var total = value(row, column("denominator"), instead, look);
            var events = value(row, column("numerator"), instead, look);
            return Double.isNaN(total)
                    ? Sample.noData("the recording has no value", false).at(at)
                    : Sample.share(Double.isNaN(events) ? 0 : events, total, at);
        }
        var value = value(row, column("column"), instead, look);
        return Double.isNaN(value)
                ? Sample.noData("the recording has no value", false).at(at)
                : Sample.value(value, null, false).at(at);
    }

    /** @return NaN where there is no finite number */
    private double value(Map<String, String> row, String column, Map<String, List<Double>> instead, int look) {
        var replaced = instead.get(column);
        if (replaced != null && look < replaced.size()) {
            return replaced.get(look);
        }
        var text = row.get(column);
        if (text == null) {
            throw new Recordings.BadRecording(file + ": there is no column " + column + ".");
        }
        try {
            var value = text.isBlank() ? Double.NaN : Double.parseDouble(text.strip());
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            throw new Recordings.BadRecording(file + ": " + text + " in column " + column + " is not a number.");
        }
    }

    private String column(String key) {
        return Recordings.text(described, key, file);
    }

    private Double number(String key) {
        return described.path(key).isNumber() ? (Double) described.path(key).asDouble() : null;
    }
}
