package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Draft release notes</em> (COM-2): so that the owner edits instead of writing. */
@Component
class DraftReleaseNotes implements JavaDelegate {

    private final Announcements announcements;
    private final Releases releases;
    private final Overridden overrides;

    DraftReleaseNotes(Announcements announcements, Releases releases, Overridden overrides) {
        this.announcements = announcements;
        this.releases = releases;
        this.overrides = overrides;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var id = ReleaseVariables.releaseId(execution);
        execution.setVariable(
                CommunicationVariables.RELEASE_NOTES,
                ReleaseNotes.draft(releases.get(id), announcements.definition(id), overrides.of(id)));
        execution.setVariable(CommunicationVariables.ACKNOWLEDGED, "");
    }
}
