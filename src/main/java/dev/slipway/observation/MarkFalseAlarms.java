package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.engine.TaskAuthority;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.stereotype.Component;

/** On task <em>Agree on checks</em> (LRN-1): keeps which alarms were none, on the word of who may say so. */
@Component
class MarkFalseAlarms implements TaskListener {

    private final FalseAlarms alarms;
    private final TaskAuthority authority;

    MarkFalseAlarms(FalseAlarms alarms, TaskAuthority authority) {
        this.alarms = alarms;
        this.authority = authority;
    }

    @Override
    public void notify(DelegateTask task) {
        var called = ReleaseVariables.text(task, "falseAlarms");
        if (called == null || called.isBlank()) {
            return;
        }
        var who = authority.requireDecider(task, "mark false alarms");
        var release = ReleaseVariables.releaseId(task);
        var reason = ReleaseVariables.text(task, "falseAlarmReason");
        called.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .distinct()
                .forEach(line -> alarms.mark(release, line, reason, who));
    }
}
