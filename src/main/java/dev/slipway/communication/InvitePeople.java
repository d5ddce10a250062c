package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Invitations;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** A task that somebody is asked by name: each of them gets a link of their own in the release's thread. */
@Component
class InvitePeople implements TaskListener {

    private static final Duration USUAL = Duration.ofDays(1);

    private final Announcements announcements;
    private final Invitations invitations;
    private final Clock clock;

    InvitePeople(Announcements announcements, Invitations invitations, Clock clock) {
        this.announcements = announcements;
        this.invitations = invitations;
        this.clock = clock;
    }

    @Override
    public void notify(DelegateTask task) {
        var release = ReleaseVariables.releaseId(task);
        var expires = task.getDueDate() == null
                ? clock.instant().plus(USUAL)
                : task.getDueDate().toInstant();
        for (var person : people(task)) {
            var link = invitations.invite(release, task.getTaskDefinitionKey(), person, expires);
            announcements.say(
                    release,
                    "invite:" + task.getId() + ":" + person,
                    "For " + person + ": " + task.getName() + ", "
                            + ReleaseVariables.text(task, ReleaseVariables.RELEASE_NAME),
                    "[Answer here](" + link + ") until " + expires + ", or in Tasklist. The link is for " + person
                            + " alone and works once.");
        }
    }

    /** The assignee; where a group is asked, those who are on call in the window, or who the service says are. */
    private List<String> people(DelegateTask task) {
        if (task.getAssignee() != null) {
            return List.of(task.getAssignee());
        }
        var onCall = ReleaseVariables.text(task, "onCallPeople");
        return onCall == null || onCall.isBlank()
                ? announcements
                        .definition(ReleaseVariables.releaseId(task))
                        .onCall()
                        .people()
                : Arrays.stream(onCall.split(",")).map(String::strip).distinct().toList();
    }
}
