package dev.slipway.engine;

import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    private static final Pattern LINK = Pattern.compile("<a href=\"([^\"]+)\"[^>]*>([^<]*)</a>");

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
            var open = theirs(release, task, person);
            var briefing = Stream.of(BriefPerson.BRIEFING, BriefPerson.FINDINGS)
                    .map(name -> tasks.getVariable(open.getId(), name))
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .collect(Collectors.joining("\n\n"));
            return new ReleaseFlow.Question(
                    open.getName(),
                    withoutHtml(briefing),
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

    /** Tasklist needs HTML for a link that opens beside the form; elsewhere Markdown will do. */
    private static String withoutHtml(String briefing) {
        return LINK.matcher(briefing).replaceAll("[$2]($1)");
    }

    private String known(Task open, FormSchema.Field field) {
        var value = tasks.getVariable(open.getId(), field.key());
        return value == null ? null : value.toString();
    }

    /** Where several are asked the same, such as each team, each answers their own. */
    private Task theirs(ReleaseId release, String task, String person) {
        var open = open(release, task).orderByTaskCreateTime().asc().list();
        if (open.isEmpty()) {
            throw new Refusal.Conflict("This has been answered, or is no longer asked.");
        }
        return open.stream()
                .filter(one -> mayAnswer(one, person))
                .findFirst()
                .orElseThrow(() -> new Refusal.NotAllowed(
                        person + " may not answer \"" + open.get(0).getName() + "\"."));
    }

    void answer(ReleaseId release, String task, String person, Map<String, Object> answers) {
        var open = identity.asSystem(() -> {
            var found = theirs(release, task, person);
            tasks.setAssignee(found.getId(), person);
            return found;
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

    private boolean mayAnswer(Task open, String person) {
        if (open.getAssignee() != null) {
            return person.equals(open.getAssignee());
        }
        var links = tasks.getIdentityLinksForTask(open.getId());
        var groups = links.stream()
                .map(IdentityLink::getGroupId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var named = links.stream().anyMatch(link -> person.equals(link.getUserId()));
        return named || identity.isInOneOf(person, groups);
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
