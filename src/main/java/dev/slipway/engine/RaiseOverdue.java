package dev.slipway.engine;

import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * A task has passed its due date. Its diagram hears of it through variable {@code overdueTask}, on which <em>Watch
 * deadlines</em> waits and raises {@code TASK_OVERDUE} to the release.
 */
@Component
class RaiseOverdue implements TaskListener {

    static final String TASK = "overdueTask"; // text, the task's name
    static final String TASK_ID = "overdueTaskId"; // text, the engine's id
    static final String TASK_OWNER = "overdueOwner"; // text, whom it waits for

    private final Timeline timeline;
    private final DiagramProperties properties;
    private final RuntimeService runtime;

    RaiseOverdue(Timeline timeline, DiagramProperties properties, @Lazy RuntimeService runtime) {
        this.timeline = timeline;
        this.properties = properties;
        this.runtime = runtime;
    }

    @Override
    public void notify(DelegateTask task) {
        var owner = owner(task);
        timeline.record(
                ReleaseVariables.releaseId(task),
                Actor.machine("engine"),
                "Overdue: " + task.getName() + ", waits for " + owner + ".");
        var said = properties.of(task.getProcessDefinitionId(), task.getTaskDefinitionKey());
        if (said.containsKey("chases")) {
            // Chasing the one who chases would never end; the timeline and the filter Overdue show it.
            return;
        }
        task.getExecution().setVariable(TASK_OWNER, owner);
        task.getExecution().setVariable(TASK_ID, task.getId());
        // Last, since the diagram reacts to it; by the engine's own service, since a variable that a listener sets is
        // only
        // heard by conditional events when the token moves, and here it stays.
        runtime.setVariable(task.getProcessInstanceId(), TASK, task.getName());
    }

    private static String owner(DelegateTask task) {
        if (task.getAssignee() != null) {
            return task.getAssignee();
        }
        return task.getCandidates().stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                .map(link -> link.getGroupId() == null ? link.getUserId() : link.getGroupId())
                .sorted()
                .collect(Collectors.joining(", "));
    }
}
