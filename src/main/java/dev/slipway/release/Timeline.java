package dev.slipway.release;

import java.time.Clock;
import java.util.List;
import org.springframework.stereotype.Service;

/** Everything that happened to a release, written in the transaction in which it happened. */
@Service
public class Timeline {

    private static final int LONGEST_WHAT = 1_000;
    private static final int LONGEST_EVIDENCE = 10_000;

    private final TimelineRepository entries;
    private final Clock clock;

    Timeline(TimelineRepository entries, Clock clock) {
        this.entries = entries;
        this.clock = clock;
    }

    public void record(ReleaseId release, Actor actor, String what) {
        record(release, actor, what, null);
    }

    public void record(ReleaseId release, Actor actor, String what, String evidence) {
        entries.save(new TimelineEntry(
                null,
                release.number(),
                clock.instant(),
                actor.kind(),
                actor.name(),
                cut(what, LONGEST_WHAT),
                cut(evidence, LONGEST_EVIDENCE)));
    }

    /** @return oldest first */
    public List<TimelineEntry> of(ReleaseId release) {
        return entries.findByReleaseNumberOrderById(release.number());
    }

    private static String cut(String text, int longest) {
        return text == null || text.length() <= longest ? text : text.substring(0, longest - 1) + "…";
    }
}
