package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Announce release</em> (COM-1, COM-2): each team is told what concerns it. */
@Component
class AnnounceRelease implements JavaDelegate {

    private final Announcements announcements;
    private final Releases releases;

    AnnounceRelease(Announcements announcements, Releases releases) {
        this.announcements = announcements;
        this.releases = releases;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var id = ReleaseVariables.releaseId(execution);
        var release = releases.get(id);
        var notes = ReleaseVariables.text(execution, CommunicationVariables.RELEASE_NOTES);
        var thread = ReleaseVariables.text(execution, CommunicationVariables.THREAD);
        for (var team : announcements.definition(id).communication().teams()) {
            announcements.sayTo(
                    id,
                    team,
                    thread,
                    release.name() + " is about to be released: notice to " + team,
                    TeamNotice.of(team, release) + "\n\n" + notes);
        }
    }
}
