package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.observation.chart.Chart;
import dev.slipway.observation.chart.Point;
import dev.slipway.observation.chart.Sparkline;
import dev.slipway.observation.judge.MetricVerdict;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Thresholds;
import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.web.util.UriUtils;

/** Pictures of what was measured while a release was watched, one a metric. */
@Service
public class Charts {

    private static final Pattern REFUSED = Pattern.compile("[%/;\\\\\\p{Cntrl}]");

    private final Measurements measurements;
    private final Releases releases;
    private final ServiceCatalog catalog;

    Charts(Measurements measurements, Releases releases, ServiceCatalog catalog) {
        this.measurements = measurements;
        this.releases = releases;
        this.catalog = catalog;
    }

    /** @return where the picture of a metric is found, from the root of this server */
    public static String path(ReleaseId release, String metric) {
        return "/api/v1/releases/" + release + "/charts/" + UriUtils.encode(addressed(metric), StandardCharsets.UTF_8)
                + ".svg";
    }

    /** Servers refuse some characters in an address, encoded or not. */
    private static String addressed(String metric) {
        return REFUSED.matcher(metric).replaceAll("-");
    }

    /** @return the names of the metrics that a release is judged by, in the service's order */
    public List<String> metrics(ReleaseId release) {
        return definition(release).metrics().stream().map(Metric::name).toList();
    }

    /**
     * @param name of the metric, or as {@link #path} has it
     * @return an SVG document
     * @throws Refusal.NotFound where there is no such release, or it is not judged by such a metric
     */
    public String svg(ReleaseId release, String name) {
        var definition = definition(release);
        var metric = definition.metrics().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .or(() -> definition.metrics().stream()
                        .filter(candidate -> addressed(candidate.name()).equals(name))
                        .findFirst())
                .orElseThrow(() -> new Refusal.NotFound("%s has no metric %s. It has: %s."
                        .formatted(
                                release,
                                name,
                                definition.metrics().stream().map(Metric::name).collect(Collectors.joining(", ")))));
        return chart(release, metric, zone(definition)).svg();
    }

    /** @return the metrics whose last look was no PASS, worst first, without those that never decide */
    public List<String> unclear(ReleaseId release) {
        var deciding = definition(release).metrics().stream()
                .filter(metric -> !metric.dryRun())
                .map(Metric::name)
                .collect(Collectors.toSet());
        return measurements.latest(release).stream()
                .filter(entry -> entry.verdict() != Verdict.PASS && deciding.contains(entry.metric()))
                .sorted(Comparator.comparing(Measurements.Entry::verdict).reversed())
                .map(Measurements.Entry::metric)
                .toList();
    }

    /** @return what a verdict rests on, as Markdown: a table, and how each metric went; null where nothing was judged */
    String evidence(ReleaseId release, ReleaseVerdict verdict) {
        if (verdict.metrics().isEmpty()) {
            return null;
        }
        var names = verdict.metrics().stream().map(MetricVerdict::metric).toList();
        return MeasurementTables.of(verdict.metrics()) + "\n\n" + courses(release, names);
    }

    /**
     * The course of metrics where there is only text: a list in Markdown such as {@code - error-rate: ▁▂▇ 0.01 to 0.04
     * ratio, last 0.04; at most 0.05 ratio}.
     *
     * @return without those that never had a value; may be empty
     */
    String courses(ReleaseId release, Collection<String> metrics) {
        var measured = measurements.of(release);
        return definition(release).metrics().stream()
                .filter(metric -> metrics.contains(metric.name()))
                .map(metric -> course(metric, looks(measured, metric)))
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static String course(Metric metric, List<Measurements.Entry> looks) {
        var course =
                Sparkline.inWords(looks.stream().map(Measurements.Entry::value).toList(), metric.unit());
        return course.isEmpty() ? "" : "- " + metric.name() + ": " + course + "; " + Thresholds.of(metric);
    }

    /** Without traffic there is nothing to see yet, and nothing is missing. */
    private static List<Measurements.Entry> looks(List<Measurements.Entry> measured, Metric metric) {
        return measured.stream()
                .filter(entry -> entry.metric().equals(metric.name()))
                .filter(entry -> !entry.stage().equals(Watching.NO_STAGE_YET) || entry.value() != null)
                .toList();
    }

    private Chart chart(ReleaseId release, Metric metric, ZoneId zone) {
        var looks = looks(measurements.of(release), metric);
        var last = looks.isEmpty() ? null : looks.get(looks.size() - 1);
        return new Chart(
                metric.name(),
                last == null ? null : last.verdict(),
                last == null ? null : last.rule(),
                last == null ? null : last.words(),
                metric.unit(),
                metric.failAbove(),
                metric.failBelow(),
                metric.compareWith() == CompareWith.BEFORE ? median(measurements.before(release, metric.name())) : null,
                zone,
                looks.stream().map(Charts::point).toList());
    }

    private static Point point(Measurements.Entry entry) {
        return new Point(entry.at(), entry.stage(), entry.value(), entry.baseline(), entry.verdict(), entry.warmUp());
    }

    private static Double median(List<Double> values) {
        var sorted = values.stream().sorted().toList();
        return sorted.isEmpty() ? null : sorted.get(sorted.size() / 2);
    }

    private ServiceDefinition definition(ReleaseId release) {
        return catalog.pinned(releases.get(release).definitionId());
    }

    private static ZoneId zone(ServiceDefinition definition) {
        return definition.windows() == null || definition.windows().timezone() == null
                ? ZoneOffset.UTC
                : ZoneId.of(definition.windows().timezone());
    }
}
