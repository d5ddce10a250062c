package dev.slipway.console;

import static dev.slipway.console.Html.escaped;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.observation.Charts;
import dev.slipway.observation.Measurements;
import dev.slipway.observation.Verdicts;
import dev.slipway.release.Holds;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import dev.slipway.release.WaitingFor;
import dev.slipway.window.RolloutProgress;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A release's own page: where it stands, who is waited for, what is measured, and what happened, newest first. */
@RestController
class AboutRelease {

    private static final String TASK = "/camunda/app/tasklist/default/#/?task=";
    private static final int MOST_ENTRIES = 500;
    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss z", Locale.ENGLISH);

    private final Releases releases;
    private final ReleaseFlow flow;
    private final ServiceCatalog catalog;
    private final Verdicts verdicts;
    private final Measurements measurements;
    private final Charts charts;
    private final Timeline timeline;
    private final Holds holds;
    private final RolloutProgress progress;

    AboutRelease(
            Releases releases,
            ReleaseFlow flow,
            ServiceCatalog catalog,
            Verdicts verdicts,
            Measurements measurements,
            Charts charts,
            Timeline timeline,
            Holds holds,
            RolloutProgress progress) {
        this.releases = releases;
        this.flow = flow;
        this.catalog = catalog;
        this.verdicts = verdicts;
        this.measurements = measurements;
        this.charts = charts;
        this.timeline = timeline;
        this.holds = holds;
        this.progress = progress;
    }

    @GetMapping(path = "/releases/{id}", produces = MediaType.TEXT_HTML_VALUE)
    ResponseEntity<String> show(@PathVariable("id") String id) {
        try {
            var release = releases.get(ReleaseId.of(id));
            var zone = zone(release);
            return Html.page(
                    HttpStatus.OK,
                    release.name() + " · Slipway",
                    "wide",
                    head(release, zone)
                            + waysOut(release)
                            + rollout(release)
                            + waiting(flow.waitingFor(release.id()), zone)
                            + verdict(release.id())
                            + pictures(release.id())
                            + measured(release.id(), zone)
                            + happened(release.id(), zone));
        } catch (Refusal refusal) {
            return Html.refused(refusal);
        }
    }

    private String head(Release release, ZoneId zone) {
        return "<h1>%s</h1><p>%s · %s</p>"
                        .formatted(escaped(release.name()), escaped(release.id().toString()), escaped(release.title()))
                + "<dl>"
                + fact("Service", release.service())
                + fact("Version", release.version())
                + fact("Phase", words(release.phase()))
                + fact(
                        "Outcome",
                        release.outcome() == null ? "open" : release.outcome().inWords())
                + held(release.id())
                + fact("In charge", release.owner())
                + fact("Risk", release.risk() == null ? "not assessed yet" : words(release.risk()))
                + planned(release, zone)
                + fact("Opened", time(release.openedAt(), zone))
                + (release.closedAt() == null ? "" : fact("Closed", time(release.closedAt(), zone)))
                + "</dl>";
    }

    private static String planned(Release release, ZoneId zone) {
        var start = release.windowStart();
        var words = start == null
                ? "as soon as it is ready"
                : "from " + time(start, zone)
                        + (release.windowEnd() == null ? "" : " to " + time(release.windowEnd(), zone));
        var month = start == null ? "" : "?month=" + YearMonth.from(start.atZone(zone));
        return "<div><dt>Window</dt><dd>%s · <a href=\"/calendar%s\">calendar</a></dd></div>"
                .formatted(escaped(words), month);
    }

    private String held(ReleaseId id) {
        return holds.current(id).map(hold -> fact("On hold", hold.inWords())).orElse("");
    }

    private static String fact(String name, String value) {
        return "<div><dt>%s</dt><dd>%s</dd></div>".formatted(name, escaped(value));
    }

    /** What a person with the authority can do now. */
    private static String waysOut(Release release) {
        var canBeRolledBack = release.hasTraffic()
                && (release.phase() == Phase.RELEASE_WINDOW || release.phase() == Phase.OBSERVATION);
        return canBeRolledBack
                ? "<p><a href=\"%s/roll-back\">Roll back…</a></p>".formatted(ReleaseLink.path(release.id()))
                : "";
    }

    /** A service that is rolled out as a whole has one line, which the timeline tells as well. */
    private String rollout(Release release) {
        var parts = progress.of(release.id());
        return parts.size() < 2 || !release.hasTraffic()
                ? ""
                : "<h2>Rollout</h2><table><thead><tr><th>Part</th><th>Ordered last</th></tr></thead><tbody>"
                        + parts.stream()
                                .map(part -> row(escaped(part.part()), escaped(part.state())))
                                .collect(Collectors.joining())
                        + "</tbody></table>";
    }

    private static String waiting(List<WaitingFor> waits, ZoneId zone) {
        if (waits.isEmpty()) {
            return "<h2>Waiting for</h2><p>Nobody.</p>";
        }
        return "<h2>Waiting for</h2><ul>"
                + waits.stream()
                        .map(wait -> "<li>%s: %s, since %s%s%s</li>"
                                .formatted(
                                        escaped(wait.owner()),
                                        task(wait),
                                        time(wait.since(), zone),
                                        wait.due() == null ? "" : ", due " + time(wait.due(), zone),
                                        wait.fallback() == null ? "" : ". Otherwise: " + escaped(wait.fallback())))
                        .collect(Collectors.joining())
                + "</ul>";
    }

    private static String task(WaitingFor wait) {
        return wait.taskId() == null
                ? escaped(wait.task())
                : "<a href=\"%s%s\">%s</a>".formatted(TASK, escaped(wait.taskId()), escaped(wait.task()));
    }

    private String verdict(ReleaseId id) {
        return "<h2>Verdict</h2>"
                + verdicts.last(id)
                        .map(said -> "<p class=\"verdict\"><strong class=\"%s\">%s</strong> in %s: %s</p>"
                                .formatted(
                                        said.verdict(), said.verdict(), escaped(said.stage()), escaped(said.reason())))
                        .orElse("<p>Nothing was judged yet.</p>");
    }

    private String pictures(ReleaseId id) {
        if (measurements.latest(id).isEmpty()) {
            return "";
        }
        return "<div class=\"charts\">"
                + charts.metrics(id).stream()
                        .map(metric -> "<img src=\"%s\" width=\"640\" height=\"310\" alt=\"Chart of %s\">"
                                .formatted(escaped(Charts.path(id, metric)), escaped(metric)))
                        .collect(Collectors.joining())
                + "</div>";
    }

    private String measured(ReleaseId id, ZoneId zone) {
        var latest = measurements.latest(id);
        if (latest.isEmpty()) {
            return "";
        }
        return "<h2>Latest measurements</h2><table><thead><tr><th>Metric</th><th>Stage</th><th>Time</th><th>Value</th>"
                + "<th>Baseline</th><th>Must stay</th><th>Verdict</th><th>Why</th></tr></thead><tbody>"
                + latest.stream()
                        .map(entry -> row(
                                escaped(entry.metric()),
                                escaped(entry.stage()),
                                time(entry.at(), zone),
                                number(entry.value()),
                                number(entry.baseline()),
                                escaped(entry.threshold()),
                                "<strong class=\"%s\">%s</strong>".formatted(entry.verdict(), entry.verdict()),
                                escaped(entry.words())))
                        .collect(Collectors.joining())
                + "</tbody></table>";
    }

    /** @param cells HTML */
    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    private String happened(ReleaseId id, ZoneId zone) {
        var entries = timeline.of(id);
        var left = entries.size() - MOST_ENTRIES;
        return "<h2 id=\"timeline\">Timeline</h2><ol class=\"timeline\">"
                + IntStream.range(Math.max(0, left), entries.size())
                        .map(i -> entries.size() - 1 - i + Math.max(0, left))
                        .mapToObj(i -> entry(entries.get(i), zone))
                        .collect(Collectors.joining())
                + "</ol>"
                + (left > 0
                        ? "<p>%d older entries: <a href=\"/api/v1/releases/%s/timeline\">as JSON</a></p>"
                                .formatted(left, id)
                        : "");
    }

    private static String entry(TimelineEntry entry, ZoneId zone) {
        return "<li><time>%s</time> <em>%s</em> %s%s</li>"
                .formatted(
                        time(entry.at(), zone),
                        escaped(entry.actor()),
                        escaped(entry.what()),
                        entry.evidence() == null || entry.evidence().isBlank()
                                ? ""
                                : "<details><summary>more</summary><pre>" + escaped(entry.evidence())
                                        + "</pre></details>");
    }

    // Words

    private ZoneId zone(Release release) {
        var windows = catalog.pinned(release.definitionId()).windows();
        return windows == null || windows.timezone() == null ? ZoneOffset.UTC : ZoneId.of(windows.timezone());
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String number(Double value) {
        return value == null
                ? "–"
                : new BigDecimal(value).round(FOUR_DIGITS).stripTrailingZeros().toPlainString();
    }
}
