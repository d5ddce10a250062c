package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the {@code release-window} diagram and the deployer's part of {@code rollback} decide on. */
final class WindowVariables {

    static final String WINDOW_START = "windowStart"; // text, ISO 8601, or a date; from the form
    static final String WINDOW_END = "windowEnd"; // text, ISO 8601, or a date; from the form; may be null
    static final String WINDOW_SLOT =
            "windowSlot"; // whole number from 1, a proposal that was picked; from the form; may be null
    static final String WINDOW_CLEAR = "windowClear"; // boolean
    static final String WINDOW_REASON = "windowReason"; // text, why the window is blocked; null where it is clear
    static final String GO_REASON = "goReason"; // text, why it was no go; null before that is decided
    static final String ROLLOUT_STRATEGY = "rolloutStrategy"; // text, what the risk demands; "gradual" or another
    static final String FIRST_STEP_AT_MOST = "firstStepAtMost"; // decimal, percent of traffic; may be null
    static final String LOOP = "loopCounter"; // whole number from 0, which of several the diagram is at
    static final String PART = "part"; // text, what is rolled out now, as its key says; null: the service as a whole
    static final String PARTS_TO_UNDO = "partsToUndo"; // text, keys, the first to be undone first, separated by commas
    static final String NEXT_PART = "nextPartToUndo"; // whole number from 0, which of them is undone now
    static final String PART_COUNT = "partsToUndoCount"; // whole number
    static final String STEP = "step"; // whole number from 0 through all parts, the step that is or was shifted to
    static final String NEXT_STEP = "nextStep"; // whole number from 0, the step that the next shift begins
    static final String STEP_COUNT = "stepCount"; // whole number
    static final String LAST_STEP = "lastStep"; // boolean, whether it is the last step of its part
    static final String BAKE = "bakeTime"; // text, ISO 8601 duration, how long the step is watched
    static final String HOLD_REASON = "holdReason"; // text, who paused the rollout and why
    static final String HOLD_NOTE = "holdNote"; // text, why it goes on or is given up
    static final String WEIGHT = "weight"; // decimal, percentage of traffic for the new version
    static final String ROLLBACK_ATTEMPT = "rollbackAttempt"; // whole number from 1
    static final String OLD_VERSION_SERVES = "oldVersionServes"; // boolean
    static final String SERVING_ANSWER = "servingAnswer"; // text, what the deployer said last
    static final String DEPLOYMENT_KEY = "deploymentKey"; // text, the order that was given last
    static final String DEPLOYMENT_STATE = "deploymentState"; // text: SUCCEEDED, FAILED, PENDING
    static final String DEPLOYMENT_MESSAGE = "deploymentMessage"; // text, what the deployer said; may be null
    static final String REHEARSAL = "rehearsal"; // boolean, whether the way back is only tried, on a target
    static final String REHEARSAL_ORDERS = "rehearsalOrders"; // whole number, orders given to set the target up
    static final String REHEARSAL_BEGAN = "rehearsalBegan"; // text, ISO 8601, when the target was set up

    private static final double USUAL_FIRST_STEP = 10;

    private WindowVariables() {}

    /** @return what the risk table demanded of this rollout */
    static RolloutDemand demand(VariableScope scope) {
        var atMost = scope.getVariable(FIRST_STEP_AT_MOST);
        return new RolloutDemand(
                "gradual".equals(ReleaseVariables.text(scope, ROLLOUT_STRATEGY)),
                atMost instanceof Number number ? number.doubleValue() : USUAL_FIRST_STEP);
    }

    /** @return where the orders of this instance of {@code rollback} go */
    static Aim aim(DelegateExecution execution) {
        return Boolean.TRUE.equals(execution.getVariable(REHEARSAL))
                ? Aim.rehearsal(execution.getProcessInstanceId())
                : Aim.PRODUCTION;
    }

    /** A retried job begins from the stored number again, so that it keeps its key; a new attempt gets a new one. */
    static void nextAttempt(DelegateExecution execution) {
        execution.setVariable(ROLLBACK_ATTEMPT, ReleaseVariables.number(execution, ROLLBACK_ATTEMPT, 0) + 1);
    }

    /** Keeps what has to be undone, in this order. */
    static void writeToUndo(DelegateExecution execution, List<Aim> parts) {
        var keys = parts.stream().map(part -> part.part() == null ? "" : part.part());
        execution.setVariable(PARTS_TO_UNDO, keys.collect(Collectors.joining(",")));
        execution.setVariable(PART_COUNT, parts.size());
        execution.setVariable(NEXT_PART, 0);
    }

    /** @return what has to be undone, the first first */
    static List<Aim> toUndo(DelegateExecution execution) {
        var aim = aim(execution);
        var keys = ReleaseVariables.text(execution, PARTS_TO_UNDO);
        if (aim.isRehearsal() || keys == null || keys.isEmpty()) {
            return List.of(aim);
        }
        return Arrays.stream(keys.split(",")).map(Aim::part).toList();
    }

    /** Writes what came of an order; a failed one is why the release leaves the happy path, unless it is a rehearsal. */
    static void write(VariableScope scope, Traffic.Placed placed) {
        scope.setVariable(DEPLOYMENT_KEY, placed.key());
        scope.setVariable(DEPLOYMENT_STATE, placed.state().name());
        scope.setVariable(DEPLOYMENT_MESSAGE, placed.message());
        if (placed.state() == DeploymentState.FAILED && !Boolean.TRUE.equals(scope.getVariable(REHEARSAL))) {
            ReleaseVariables.exitReason(scope, placed.message());
        }
    }
}
