package dev.slipway.review;

import dev.slipway.release.FirstFound;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the timeline of a failed release says by itself (LRN-1, LRN-2, LRN-4). */
@Component
class ReviewFacts {

    /** Batches above this are hard to search for a cause; a working rule until a service's own history says better. */
    private static final int SMALL = 10;

    private final Releases releases;
    private final Timeline timeline;
    private final FirstFound firstFound;

    ReviewFacts(Releases releases, Timeline timeline, FirstFound firstFound) {
        this.releases = releases;
        this.firstFound = firstFound;
        this.timeline = timeline;
    }

    /** Who found the problem first: {@code watchers}, {@code users} or {@code colleagues}. */
    String foundBy(ReleaseId id) {
        return firstFound
                .of(id)
                .map(found -> switch (found.how()) {
                    case METRIC, ALERT -> "watchers";
                    case REPORT -> found.what().startsWith(FirstFound.REPORTED + " (SUPPORT") ? "users" : "colleagues";
                    case PERSON -> "colleagues";
                })
                .orElse("watchers");
    }

    private String firstInWords(ReleaseId id) {
        return firstFound
                .of(id)
                .map(found ->
                        " – " + found.who() + ", " + found.at().truncatedTo(ChronoUnit.SECONDS) + ": " + found.what())
                .orElse("");
    }

    /** @return the facts as Markdown */
    String inWords(ReleaseId id) {
        var release = releases.get(id);
        return "- First found by: " + foundBy(id) + " (LRN-1)" + firstInWords(id) + "\n- "
                + wayBack(id)
                + " (LRN-2)\n- Changes in the release: " + release.changes().size() + ", "
                + (release.changes().size() <= SMALL ? "small" : "large: the cause is hard to find")
                + " (LRN-4)" + planned(release);
    }

    private String wayBack(ReleaseId id) {
        if (entries(id).stream().anyMatch(entry -> entry.what().startsWith("Roll forward: "))) {
            return "There was no way back: the release was rolled forward";
        }
        var began = entries(id).stream()
                .filter(entry -> entry.what().equals("Phase ROLLBACK begins."))
                .findFirst();
        var over = entries(id).stream()
                .filter(entry -> entry.what().equals("Phase FINAL_STATUS begins."))
                .findFirst();
        return began.isPresent() && over.isPresent()
                ? "The way back took "
                        + Duration.between(began.get().at(), over.get().at()).toSeconds() + " s"
                : "There was no way back to go";
    }

    private static String planned(Release release) {
        return release.rollbackPlan() == null ? "\n- No rollback plan was written" : "";
    }

    private List<TimelineEntry> entries(ReleaseId id) {
        return timeline.of(id);
    }
}
