package dev.slipway.review;

import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What reviewers, and those who confirm learned checks, see before they answer. */
@Component
class ReviewBriefing implements Briefing {

    private final ReviewFacts facts;
    private final Lessons lessons;
    private final Releases releases;

    ReviewBriefing(ReviewFacts facts, Lessons lessons, Releases releases) {
        this.facts = facts;
        this.lessons = lessons;
        this.releases = releases;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("answer-review", "agree-on-checks", "confirm-learned-checks");
    }

    @Override
    public String about(ReleaseId release, String task) {
        return task.equals("confirm-learned-checks")
                ? lessons.of(releases.get(release).service()).stream()
                        .map(check -> "- " + check)
                        .collect(Collectors.joining("\n"))
                : facts.inWords(release);
    }

    @Override
    public Map<String, Object> prefill(ReleaseId release, String task) {
        return task.equals("answer-review") ? Map.of("foundBy", facts.foundBy(release)) : Map.of();
    }
}
