package dev.slipway.window;

import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** WIN-5: whoever takes over a rollback that got stuck sees which parts came back and which did not. */
@Component
class PartsBriefing implements Briefing {

    private final RolloutProgress progress;

    PartsBriefing(RolloutProgress progress) {
        this.progress = progress;
    }

    @Override
    public Set<String> tasks() {
        return Set.of("take-over-rollback");
    }

    @Override
    public String about(ReleaseId id, String task) {
        var parts = progress.of(id);
        return parts.size() < 2
                ? ""
                : "**What serves where,** by what was ordered and reported; undone is the last first:\n\n"
                        + parts.stream()
                                .map(part -> "- " + part.part() + ": " + part.state())
                                .collect(Collectors.joining("\n"));
    }
}
