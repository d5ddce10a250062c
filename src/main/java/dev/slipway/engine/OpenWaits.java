package dev.slipway.engine;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.WaitingFor;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.EventSubscription;
import org.camunda.bpm.engine.runtime.Job;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.IdentityLinkType;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** What a release waits for: open user tasks, and the events that a diagram marks with {@code waitsFor}. */
@Component
class OpenWaits {

    private static final String WAITS_FOR = "waitsFor";
    private static final String DEFAULT = "default";

    private final RuntimeService runtime;
    private final TaskService tasks;
    private final ManagementService management;
    private final RepositoryService repository;
    private final DiagramProperties properties;
    private final Clock clock;

    OpenWaits(
            @Lazy RuntimeService runtime,
            @Lazy TaskService tasks,
            @Lazy ManagementService management,
            @Lazy RepositoryService repository,
            DiagramProperties properties,
            Clock clock) {
        this.runtime = runtime;
        this.tasks = tasks;
        this.management = management;
        this.repository = repository;
        this.properties = properties;
        this.clock = clock;
    }

    /** @return longest wait first */
    List<WaitingFor> of(ReleaseId release) {
        var waits = new ArrayList<WaitingFor>();
        var open = tasks.createTaskQuery()
                .processInstanceBusinessKey(release.toString())
                .active()
                .list();
        open.forEach(task -> waits.add(waiting(task)));
        for (var instance : runtime.createProcessInstanceQuery()
                .processInstanceBusinessKey(release.toString())
                .list()) {
            timers(instance).forEach(waits::add);
            messages(instance).forEach(waits::add);
        }
        waits.sort(Comparator.comparing(WaitingFor::since));
        return waits;
    }

    private WaitingFor waiting(Task task) {
        return new WaitingFor(
                task.getName(),
                task.getId(),
                owner(task),
                task.getCreateTime().toInstant(),
                instant(task.getDueDate()),
                properties
                        .of(task.getProcessDefinitionId(), task.getTaskDefinitionKey())
                        .get(DEFAULT));
    }

    private String owner(Task task) {
        if (task.getAssignee() != null) {
            return task.getAssignee();
        }
        return tasks.getIdentityLinksForTask(task.getId()).stream()
                .filter(link -> IdentityLinkType.CANDIDATE.equals(link.getType()))
                .map(OpenWaits::candidate)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String candidate(IdentityLink link) {
        return link.getGroupId() == null ? link.getUserId() : link.getGroupId();
    }

    private List<WaitingFor> timers(ProcessInstance instance) {
        return management.createJobQuery().processInstanceId(instance.getId()).timers().list().stream()
                .map(job -> timer(instance, job))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private WaitingFor timer(ProcessInstance instance, Job job) {
        var activity = management
                .createJobDefinitionQuery()
                .jobDefinitionId(job.getJobDefinitionId())
                .singleResult()
                .getActivityId();
        return event(instance, activity, job.getCreateTime(), job.getDuedate());
    }

    private List<WaitingFor> messages(ProcessInstance instance) {
        return runtime.createEventSubscriptionQuery().processInstanceId(instance.getId()).list().stream()
                .map(subscription -> message(instance, subscription))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private WaitingFor message(ProcessInstance instance, EventSubscription subscription) {
        return event(instance, subscription.getActivityId(), subscription.getCreated(), null);
    }

    private WaitingFor event(ProcessInstance instance, String activity, Date since, Date due) {
        Map<String, String> said = properties.of(instance.getProcessDefinitionId(), activity);
        if (!said.containsKey(WAITS_FOR)) {
            return null;
        }
        var name = repository
                .getBpmnModelInstance(instance.getProcessDefinitionId())
                .getModelElementById(activity)
                .getAttributeValue("name");
        return new WaitingFor(
                name,
                null,
                said.get(WAITS_FOR),
                since == null ? clock.instant() : since.toInstant(),
                instant(due),
                said.get(DEFAULT));
    }

    private static Instant instant(Date date) {
        return date == null ? null : date.toInstant();
    }
}
