package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition.Consequence;
import dev.slipway.catalog.ServiceDefinition.Signals;
import dev.slipway.release.Actor;
import dev.slipway.release.FirstFound;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes what people report about a release, and what they note beside the metrics (OBS-5). Everything is kept; the
 * diagram hears of reports when there are as many as the service's file says.
 *
 * <p>What counts: reports of the last {@link Signals#within()} that the diagram has not heard yet. One person who says
 * the same twice counts once; two people who say the same count twice.
 */
@Service
public class ProblemReports {

    private static final int LONGEST_TEXT = 3_500; // with who and what in front, it still fits a process variable
    private static final int LONGEST_SIGNAL = 3_900;

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final ReleaseFlow flow;
    private final Timeline timeline;
    private final ReportTable table;
    private final Clock clock;

    ProblemReports(
            Releases releases,
            ServiceCatalog catalog,
            ReleaseFlow flow,
            Timeline timeline,
            ReportTable table,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.flow = flow;
        this.timeline = timeline;
        this.table = table;
        this.clock = clock;
    }

    public enum Kind {
        SUPPORT,
        QA,
        PRODUCT,
        OTHER
    }

    /** In order: each counts for those before it too. */
    public enum Severity {
        LOW,
        HIGH,
        CRITICAL
    }

    public enum Effect {
        /** The release reacts. */
        HEARD,
        /** The release is not being watched now. */
        NOT_WATCHED,
        /** There are too few such reports for the release to react. */
        COUNTED
    }

    /**
     * What became of a report.
     *
     * @param number by which people name it
     */
    public record Taken(long number, Effect effect) {}

    /**
     * @param text 1 to 3,500 characters
     * @param by   user id of who reports
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.Conflict where it is closed
     * @throws Refusal.BadInput where a value is missing or too long
     */
    @Transactional
    public Taken report(ReleaseId id, Kind kind, Severity severity, String text, String by) {
        if (kind == null) {
            throw new Refusal.BadInput("kind", "kind must be SUPPORT, QA, PRODUCT or OTHER.");
        }
        if (severity == null) {
            throw new Refusal.BadInput("severity", "severity must be LOW, HIGH or CRITICAL.");
        }
        var said = checked(text, "what is wrong");
        var release = open(id);
        var signals = catalog.pinned(release.definitionId()).signals();
        timeline.record(id, Actor.person(by), label(kind, severity) + ": " + said, said);
        var since = clock.instant().minus(signals.within());
        var same = SameText.hash(said);
        var number = table.same(id, severity, by, same, since)
                .orElseGet(() -> table.add(id, kind, severity, by, said, same, clock.instant()));
        var counting = table.unweighed(id, since);
        var consequence = consequence(signals, counting);
        if (consequence.isEmpty()) {
            return new Taken(number, Effect.COUNTED);
        }
        var heard = flow.tell(
                id,
                ReleaseFlow.Event.PROBLEM_REPORTED,
                Signal.of(inWords(counting), consequence.get() == Consequence.FAIL));
        if (heard) {
            table.weighed(counting);
        }
        return new Taken(number, heard ? Effect.HEARD : Effect.NOT_WATCHED);
    }

    /**
     * Keeps what somebody saw beside the metrics; nothing follows from it.
     *
     * @param text 1 to 3,500 characters
     * @param by   user id of who saw it
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.Conflict where it is closed
     * @throws Refusal.BadInput where the text is missing or too long
     */
    @Transactional
    public void note(ReleaseId id, String text, String by) {
        var said = checked(text, "what you saw");
        open(id);
        timeline.record(id, Actor.person(by), "Noted: " + said, said);
    }

    private static String checked(String text, String what) {
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refusal.BadInput("text", "text must be 1 to 3,500 characters that say " + what + ", in words.");
        }
        return text.strip();
    }

    /** Two reports at the same moment must see each other, so that the count is right. */
    private Release open(ReleaseId id) {
        releases.hold(id);
        var release = releases.get(id);
        if (!release.isOpen()) {
            throw new Refusal.Conflict("Release " + id + " (" + release.name() + ") is closed. Name the release that"
                    + " is running, or tell " + release.owner() + ", who was in charge.");
        }
        return release;
    }

    private static Optional<Consequence> consequence(Signals signals, List<ReportTable.Kept> counting) {
        return Stream.of(
                        reached(counting, Severity.CRITICAL, signals.critical(), signals.then(), Consequence.FAIL),
                        reached(counting, Severity.HIGH, signals.high(), signals.then(), Consequence.ASK),
                        reached(counting, Severity.LOW, signals.low(), signals.then(), Consequence.ASK))
                .flatMap(Optional::stream)
                .min(Consequence::compareTo);
    }

    private static Optional<Consequence> reached(
            List<ReportTable.Kept> counting, Severity least, int wanted, Consequence said, Consequence usual) {
        var count = counting.stream()
                .filter(report -> report.severity().compareTo(least) >= 0)
                .count();
        return count < wanted ? Optional.empty() : Optional.of(said == null ? usual : said);
    }

    private static String inWords(List<ReportTable.Kept> reports) {
        var lines = reports.stream()
                .map(report ->
                        label(report.kind(), report.severity()) + " by " + report.reporter() + ": " + report.text())
                .collect(Collectors.joining("\n"));
        var words = reports.size() == 1 ? lines : reports.size() + " problem reports.\n" + lines;
        return words.length() <= LONGEST_SIGNAL ? words : words.substring(0, LONGEST_SIGNAL - 1) + "…";
    }

    private static String label(Kind kind, Severity severity) {
        return FirstFound.REPORTED + " (" + kind + ", " + severity + ")";
    }
}
