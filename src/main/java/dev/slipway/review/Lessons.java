package dev.slipway.review;

import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** What failed releases of a service taught, and how it comes back on the next one (LRN-5). */
@Service
class Lessons {

    private static final int LONGEST = 2_000;

    private final LearnedCheckRepository checks;
    private final Releases releases;
    private final Timeline timeline;
    private final Clock clock;

    Lessons(LearnedCheckRepository checks, Releases releases, Timeline timeline, Clock clock) {
        this.checks = checks;
        this.releases = releases;
        this.timeline = timeline;
        this.clock = clock;
    }

    /** @return what must be confirmed for a release of the service, oldest first */
    List<String> of(String service) {
        return checks.findByServiceOrderById(service).stream()
                .map(LearnedCheck::text)
                .toList();
    }

    /**
     * Keeps what was agreed on. Where nobody agreed on anything, the open finding itself is asked about.
     *
     * @param agreed one check a line; may be null
     * @param reason why the release failed; may be null
     */
    void record(ReleaseId id, String agreed, String reason) {
        var release = releases.get(id);
        var lines = agreed == null
                ? List.<String>of()
                : agreed.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty())
                        .toList();
        if (lines.isEmpty()) {
            keep(
                    release,
                    "Not reviewed: why " + release.name() + " (" + id + ") failed"
                            + (reason == null ? "." : ": " + reason));
            timeline.record(id, Actor.machine("review"), "Not reviewed; the next release is asked about the cause.");
        } else {
            lines.forEach(line -> keep(release, line));
            timeline.record(
                    id, Actor.machine("review"), "Learned for the next release: " + lines.size() + " checks.", agreed);
        }
    }

    private void keep(Release release, String text) {
        var shortened = text.length() <= LONGEST ? text : text.substring(0, LONGEST);
        if (!checks.existsByReleaseNumberAndText(release.number(), shortened)) {
            checks.save(new LearnedCheck(null, release.service(), release.number(), shortened, clock.instant()));
        }
    }
}
