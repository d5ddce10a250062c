package dev.slipway.observation;

import dev.slipway.release.Actor;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Alarms that turned out to be none, and how often that happens (LRN-1). Who may say so is decided by the caller's
 * room.
 */
@Service
public class FalseAlarms {

    private static final int LONGEST_REASON = 1_000;
    private static final int LONGEST_EXCERPT = 80;

    private final Releases releases;
    private final FalseAlarmTable table;
    private final AlertTable alerts;
    private final ReportTable reports;
    private final Timeline timeline;
    private final Clock clock;

    FalseAlarms(
            Releases releases,
            FalseAlarmTable table,
            AlertTable alerts,
            ReportTable reports,
            Timeline timeline,
            Clock clock) {
        this.releases = releases;
        this.table = table;
        this.alerts = alerts;
        this.reports = reports;
        this.timeline = timeline;
        this.clock = clock;
    }

    public enum Source {
        METRIC,
        ALERT,
        REPORT
    }

    /**
     * What spoke against a release.
     *
     * @param name   of the metric or the alert, or the number of the problem report
     * @param detail more, for people; may be empty
     */
    public record Alarm(Source source, String name, String detail) {

        /** @return what people call it, such as {@code error-rate} or {@code report 7} */
        public String called() {
            return source == Source.REPORT ? "report " + name : name;
        }
    }

    /**
     * How trustworthy an alarm is.
     *
     * @param releases    how many releases it has spoken against
     * @param falseAlarms in how many of them it was wrong
     */
    public record Rate(String service, Source source, String name, int releases, int falseAlarms) {

        /** @return 0 to 1 */
        public double share() {
            return (double) falseAlarms / releases;
        }

        /** @return such as {@code 1 of 4 (25 %)} */
        public String inWords() {
            return falseAlarms + " of " + releases + " (" + Math.round(100 * share()) + " %)";
        }
    }

    /**
     * @param name   of the metric or the alert, or the number of the problem report
     * @param reason why it was none; 1 to 1,000 characters
     * @param by     user id
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.BadInput where no such alarm spoke against the release, or the reason is missing
     * @throws Refusal.Conflict where it has been marked already
     */
    @Transactional
    public void mark(ReleaseId id, Source source, String name, String reason, String by) {
        mark(
                id,
                alarm(
                        id,
                        source.name().toLowerCase(Locale.ROOT),
                        one -> one.source() == source && one.name().equals(name),
                        name),
                reason,
                by);
    }

    /**
     * The same in the words of a form.
     *
     * @param called as in {@link Alarm#called()}
     */
    @Transactional
    public void mark(ReleaseId id, String called, String reason, String by) {
        mark(id, alarm(id, "falseAlarms", one -> one.called().equalsIgnoreCase(called), called), reason, by);
    }

    private void mark(ReleaseId id, Alarm alarm, String reason, String by) {
        if (reason == null || reason.isBlank() || reason.length() > LONGEST_REASON) {
            throw new Refusal.BadInput("reason", "reason must be 1 to 1,000 characters that say why it was no alarm.");
        }
        releases.hold(id);
        if (table.isMarked(id, alarm)) {
            throw new Refusal.Conflict(alarm.called() + " is marked as a false alarm already.");
        }
        table.add(id, alarm, reason.strip(), by, clock.instant());
        timeline.record(id, Actor.person(by), "False alarm: " + alarm.called() + ": " + reason.strip(), alarm.detail());
    }

    private Alarm alarm(ReleaseId id, String field, Predicate<Alarm> wanted, String name) {
        var all = of(id);
        return all.stream()
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new Refusal.BadInput(
                        field,
                        name
                                + " did not speak against release " + id + "."
                                + (all.isEmpty()
                                        ? " Nothing did."
                                        : " These did: "
                                                + all.stream()
                                                        .map(Alarm::called)
                                                        .collect(Collectors.joining(", ")) + ".")));
    }

    /** @return what spoke against the release: metrics, alerts, reports */
    public List<Alarm> of(ReleaseId id) {
        releases.get(id);
        return Stream.of(
                        table.failedMetrics(id).stream().map(name -> new Alarm(Source.METRIC, name, "")),
                        alerts.namesOf(id).stream().map(name -> new Alarm(Source.ALERT, name, "")),
                        reports.of(id).stream()
                                .map(report -> new Alarm(
                                        Source.REPORT,
                                        Long.toString(report.number()),
                                        report.severity() + " by " + report.reporter() + ": "
                                                + excerpt(report.text()))))
                .flatMap(alarms -> alarms)
                .toList();
    }

    public boolean isMarked(ReleaseId id, Alarm alarm) {
        return table.isMarked(id, alarm);
    }

    /**
     * @param service null for all
     * @return one a metric and one an alert, by service and name; reports are no machines and have no rate
     */
    public List<Rate> rates(String service) {
        return table.rates(service);
    }

    Optional<Rate> rate(String service, Source source, String name) {
        return rates(service).stream()
                .filter(rate -> rate.source() == source && rate.name().equals(name))
                .findFirst();
    }

    private static String excerpt(String text) {
        var line = text.replaceAll("\\s+", " ");
        return line.length() <= LONGEST_EXCERPT ? line : line.substring(0, LONGEST_EXCERPT - 1) + "…";
    }
}
