package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Invitations;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.ReleaseLink;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Alert release authority</em> (WIN-5, OBS-6): a decision is waited for, and silence means rollback. */
@Component
class AlertAuthority implements JavaDelegate {

    private final Announcements announcements;
    private final ReleaseLink links;
    private final Releases releases;
    private final Invitations invitations;

    AlertAuthority(Announcements announcements, ReleaseLink links, Releases releases, Invitations invitations) {
        this.announcements = announcements;
        this.links = links;
        this.releases = releases;
        this.invitations = invitations;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        announcements.say(
                release,
                "alert:" + execution.getId(),
                ReleaseVariables.text(execution, ReleaseVariables.RELEASE_NAME)
                        + ": the metrics can't tell, a decision is needed",
                ReleaseVariables.text(execution, CommunicationVariables.DOUBT) + "\n\n" + course(execution) + "For: "
                        + announcements.definition(release).group("release-authority")
                        + ". If nobody decides, the release is rolled back. → "
                        + links.to(release) + "\n\nDecide: " + invitations.toDecide(release, question(release))
                        + "\n\nRoll back now: " + invitations.toDecide(release, Invitations.ROLL_BACK));
    }

    /** @return the task that waits for the decision: a step is doubtful, or the release as a whole */
    private String question(ReleaseId release) {
        return releases.get(release).phase() == Phase.OBSERVATION
                ? "decide-inconclusive-verdict"
                : "decide-inconclusive-step";
    }

    private static String course(DelegateExecution execution) {
        var course = ReleaseVariables.text(execution, CommunicationVariables.COURSE);
        return course == null || course.isBlank() ? "" : course + "\n\n";
    }
}
