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

    DraftReleaseNotes(Announcements announcements, Releases releases) {
        this.announcements = announcements;
        this.releases = releases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var id = ReleaseVariables.releaseId(execution);
        execution.setVariable(
                CommunicationVariables.RELEASE_NOTES,
                ReleaseNotes.draft(releases.get(id), announcements.definition(id)));
        execution.setVariable(CommunicationVariables.ACKNOWLEDGED, "");
    }
}
