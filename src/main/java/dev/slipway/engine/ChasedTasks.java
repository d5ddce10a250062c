package dev.slipway.engine;

import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.task.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** <em>Chase overdue task</em> vanishes when the task that it chases is gone: done, or no longer asked. */
@Component
public class ChasedTasks {

    private static final Logger LOG = LoggerFactory.getLogger(ChasedTasks.class);
    private static final List<String> CHASES = List.of("chase-overdue-task", "chase-later-task");

    private final TaskService tasks;
    private final EngineIdentity identity;

    ChasedTasks(@Lazy TaskService tasks, EngineIdentity identity) {
        this.tasks = tasks;
        this.identity = identity;
    }

    @Scheduled(fixedDelayString = "${slipway.engine.chase-sweep:PT5S}")
    public void sweep() {
        identity.asSystem(() -> {
            tasks.createTaskQuery()
                    .taskDefinitionKeyIn(CHASES.toArray(String[]::new))
                    .active()
                    .list()
                    .forEach(this::closeIfDone);
            return null;
        });
    }

    private void closeIfDone(Task chase) {
        var chased = tasks.getVariableLocal(chase.getId(), RememberChased.CHASED);
        if (chased == null || tasks.createTaskQuery().taskId(chased.toString()).count() > 0) {
            return;
        }
        try {
            tasks.complete(chase.getId(), Map.of("chaseNote", "The task is no longer open."));
        } catch (NullValueException e) {
            // Somebody closed it at the same moment, which is what was wanted.
            LOG.debug("chase task {} is gone already", chase.getId());
        }
    }
}
