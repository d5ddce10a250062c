package dev.slipway.engine;

import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** Task <em>Chase overdue task</em>: keeps which task is chased, since another may become overdue meanwhile. */
@Component
class RememberChased implements TaskListener {

    static final String CHASED = "chasedTask"; // text, local to the task: the engine's id of the overdue task

    @Override
    public void notify(DelegateTask task) {
        task.setVariableLocal(CHASED, task.getVariable(RaiseOverdue.TASK_ID));
    }
}
