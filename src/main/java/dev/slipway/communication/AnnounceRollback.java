package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.ReleaseLink;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Announce rollback</em> (COM-1, COM-3): everybody who got the first notice hears that it is hauled back. */
@Component
class AnnounceRollback implements JavaDelegate {

    private final Announcements announcements;
    private final ReleaseLink links;

    AnnounceRollback(Announcements announcements, ReleaseLink links) {
        this.announcements = announcements;
        this.links = links;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        announcements.say(
                release,
                "rollback",
                ReleaseVariables.text(execution, ReleaseVariables.RELEASE_NAME) + " is being rolled back",
                Stream.of(ReleaseVariables.text(execution, ReleaseVariables.EXIT_REASON), "→ " + links.to(release))
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("\n\n")));
    }
}
