package dev.slipway.communication;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.ReleaseLink;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Half of the time for a task has passed: whoever it waits for is reminded in the release's thread. */
@Component
class RemindPeople implements TaskListener {

    private final Announcements announcements;
    private final ReleaseLink links;

    RemindPeople(Announcements announcements, ReleaseLink links) {
        this.announcements = announcements;
        this.links = links;
    }

    @Override
    public void notify(DelegateTask task) {
        announcements.say(
                ReleaseVariables.releaseId(task),
                "reminder:" + task.getId(),
                (isRehearsal(task) ? "Rehearsal. " : "") + "Reminder for " + whom(task) + ": " + task.getName() + ", "
                        + ReleaseVariables.text(task, ReleaseVariables.RELEASE_NAME),
                "Due " + task.getDueDate().toInstant() + ". [Open it in Tasklist](" + links.toTask(task.getId()) + ")");
    }

    private static boolean isRehearsal(DelegateTask task) {
        return Boolean.TRUE.equals(task.getVariable(CommunicationVariables.REHEARSAL));
    }

    private static String whom(DelegateTask task) {
        return task.getAssignee() != null
                ? task.getAssignee()
                : task.getCandidates().stream()
                        .map(link -> link.getGroupId() == null ? link.getUserId() : link.getGroupId())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }
}
