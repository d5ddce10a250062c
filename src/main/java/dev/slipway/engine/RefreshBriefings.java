package dev.slipway.engine;

import dev.slipway.release.EvidenceAttached;
import dev.slipway.release.ReleaseId;
import java.util.Arrays;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Evidence that comes while a person is being asked about it is shown in the task that is open already. */
@Component
class RefreshBriefings {

    private final TaskService tasks;
    private final BriefPerson briefing;
    private final DiagramProperties properties;
    private final EngineIdentity identity;

    RefreshBriefings(
            @Lazy TaskService tasks, BriefPerson briefing, DiagramProperties properties, EngineIdentity identity) {
        this.tasks = tasks;
        this.briefing = briefing;
        this.properties = properties;
        this.identity = identity;
    }

    @EventListener
    void refresh(EvidenceAttached attached) {
        identity.asSystem(() -> {
            tasks.createTaskQuery()
                    .processInstanceBusinessKey(attached.release().toString())
                    .active()
                    .list()
                    .forEach(task -> refresh(attached.release(), attached.requirement(), task));
            return null;
        });
    }

    private void refresh(ReleaseId release, String requirement, Task task) {
        var said = properties.of(task.getProcessDefinitionId(), task.getTaskDefinitionKey());
        if (asksAbout(requirement, said)) {
            tasks.setVariableLocal(
                    task.getId(),
                    BriefPerson.BRIEFING,
                    briefing.text(
                            release, task.getTaskDefinitionKey(), said, name -> tasks.getVariable(task.getId(), name)));
            tasks.setVariableLocal(
                    task.getId(), BriefPerson.FINDINGS, briefing.findings(release, task.getTaskDefinitionKey()));
            tasks.setVariableLocal(
                    task.getId(),
                    BriefPerson.BLOCKING,
                    briefing.against(release, task.getTaskDefinitionKey()).size());
        }
    }

    private static boolean asksAbout(String requirement, Map<String, String> said) {
        return Arrays.asList(said.getOrDefault(KeepAnswers.REQUIREMENT, "").split("\\s*,\\s*"))
                .contains(requirement);
    }
}
