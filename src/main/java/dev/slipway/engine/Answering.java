package dev.slipway.engine;

import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.IdentityLink;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Answers a task in the name of a person who is not in Tasklist: the same task, the same checks, the same record. */
@Component
class Answering {

    private final TaskService tasks;
    private final IdentityService engineIdentity;
    private final EngineIdentity identity;
    private final FormSchemas forms;

    Answering(
            @Lazy TaskService tasks, @Lazy IdentityService engineIdentity, EngineIdentity identity, FormSchemas forms) {
        this.tasks = tasks;
        this.engineIdentity = engineIdentity;
        this.identity = identity;
        this.forms = forms;
    }

    ReleaseFlow.Question question(ReleaseId release, String task, String person) {
        return identity.asSystem(() -> {
            var open = first(release, task);
            check(open, person);
            var briefing = tasks.getVariable(open.getId(), BriefPerson.BRIEFING);
            return new ReleaseFlow.Question(
                    open.getName(),
                    briefing == null ? "" : briefing.toString(),
                    forms.of(open.getProcessDefinitionId(), task).fields().stream()
                            .map(field -> new ReleaseFlow.Question.Field(
                                    field.key(),
                                    field.label(),
                                    field.type(),
                                    field.required() && field.hidden() == null,
                                    field.choices(),
                                    known(open, field)))
                            .toList());
        });
    }

    private String known(Task open, FormSchema.Field field) {
        var value = tasks.getVariable(open.getId(), field.key());
        return value == null ? null : value.toString();
    }

    private Task first(ReleaseId release, String task) {
        return open(release, task).list().stream()
                .findFirst()
                .orElseThrow(() -> new Refusal.Conflict("This has been answered, or is no longer asked."));
    }

    void answer(ReleaseId release, String task, String person, Map<String, Object> answers) {
        var open = identity.asSystem(() -> first(release, task));
        identity.asSystem(() -> {
            check(open, person);
            tasks.setAssignee(open.getId(), person);
            return null;
        });
        complete(open, person, answers);
    }

    boolean isOpen(ReleaseId release, String task) {
        return identity.asSystem(() -> open(release, task).count() > 0);
    }

    private TaskQuery open(ReleaseId release, String task) {
        return tasks.createTaskQuery()
                .processInstanceBusinessKey(release.toString())
                .taskDefinitionKey(task)
                .active();
    }

    private void check(Task open, String person) {
        if (person.equals(open.getAssignee())) {
            return;
        }
        var links = tasks.getIdentityLinksForTask(open.getId());
        var groups = links.stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var named = links.stream().anyMatch(link -> person.equals(link.getUserId()));
        if (open.getAssignee() != null || !(named || identity.isInOneOf(person, groups))) {
            throw new Refusal.NotAllowed(person + " may not answer \"" + open.getName() + "\".");
        }
    }

    private void complete(Task open, String person, Map<String, Object> answers) {
        var before = engineIdentity.getCurrentAuthentication();
        try {
            engineIdentity.setAuthentication(person, identity.groupsOf(person));
            tasks.complete(open.getId(), new HashMap<>(answers));
        } catch (RuntimeException e) {
            throw refusalIn(e);
        } finally {
            engineIdentity.setAuthentication(before);
        }
    }

    /** The engine wraps what a listener throws. */
    private static RuntimeException refusalIn(RuntimeException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return refusal;
            }
        }
        return thrown;
    }
}
