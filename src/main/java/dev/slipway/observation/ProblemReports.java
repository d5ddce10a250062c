package dev.slipway.observation;

import dev.slipway.release.Actor;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes what people report about a release (OBS-5). Every report is kept; the diagram hears it where it listens. */
@Service
public class ProblemReports {

    private static final int LONGEST_TEXT = 3_500; // with who and what in front, it still fits a process variable

    private final Releases releases;
    private final ReleaseFlow flow;
    private final Timeline timeline;

    ProblemReports(Releases releases, ReleaseFlow flow, Timeline timeline) {
        this.releases = releases;
        this.flow = flow;
        this.timeline = timeline;
    }

    public enum Kind {
        SUPPORT,
        QA,
        PRODUCT,
        OTHER
    }

    public enum Severity {
        LOW,
        HIGH,
        CRITICAL
    }

    /**
     * @param text 1 to 3,500 characters
     * @param by   user id of who reports
     * @return whether the release was being watched and its diagram heard the report
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.BadInput where a value is missing or too long
     */
    @Transactional
    public boolean report(ReleaseId id, Kind kind, Severity severity, String text, String by) {
        releases.get(id);
        if (kind == null) {
            throw new Refusal.BadInput("kind", "kind must be SUPPORT, QA, PRODUCT or OTHER.");
        }
        if (severity == null) {
            throw new Refusal.BadInput("severity", "severity must be LOW, HIGH or CRITICAL.");
        }
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT) {
            throw new Refusal.BadInput("text", "text must be 1 to 3,500 characters that say what is wrong, in words.");
        }
        var label = "Problem reported (" + kind + ", " + severity + ")";
        timeline.record(id, Actor.person(by), label + ": " + text.strip(), text.strip());
        return flow.tell(
                id,
                ReleaseFlow.Event.PROBLEM_REPORTED,
                Map.of(
                        "signalText",
                        label + " by " + by + ": " + text.strip(),
                        "signalStops",
                        severity == Severity.CRITICAL));
    }
}
