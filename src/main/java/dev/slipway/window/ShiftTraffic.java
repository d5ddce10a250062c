package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Shift traffic</em> (WIN-3): the next step of the rollout. */
@Component
class ShiftTraffic implements JavaDelegate {

    private final RolloutSteps rollout;
    private final Traffic traffic;

    ShiftTraffic(RolloutSteps rollout, Traffic traffic) {
        this.rollout = rollout;
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var stages = rollout.of(release, WindowVariables.demand(execution));
        var next = ReleaseVariables.number(execution, WindowVariables.NEXT_STEP, 0);
        var stage = stages.get(next);
        var weight = stage.step().weight();
        WindowVariables.write(
                execution, traffic.shift(release, traffic.parts(release).get(stage.part()), next, weight));
        execution.setVariable(WindowVariables.WEIGHT, weight);
        execution.setVariable(WindowVariables.BAKE, stage.step().bake().toString());
        execution.setVariable(WindowVariables.STEP, next);
        execution.setVariable(WindowVariables.NEXT_STEP, next + 1);
        execution.setVariable(WindowVariables.LAST_STEP, stage.lastOfPart());
    }
}
