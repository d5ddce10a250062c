package dev.slipway.observation;

import java.time.Duration;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What the diagrams know of watching. Names equal the diagrams'. */
final class ObservationVariables {

    static final String STEP = "step"; // whole number from 0; not set where the release is observed
    static final String BAKE = "bakeTime"; // text, ISO 8601 duration, how long this step is watched
    static final String OBSERVATION_FACTOR = "observationFactor"; // number, how much longer than usual; 1 if not set
    static final String VERDICT = "verdict"; // text, PASS, FAIL or INCONCLUSIVE
    static final String WORTH_MORE_DATA = "worthMoreData"; // boolean, whether the stage is extended once by itself
    static final String DOUBT = "doubt"; // text, what is missing where the verdict is INCONCLUSIVE
    static final String COURSE = "course"; // text, how the metrics in doubt went, a line each
    static final String METRICS_RECOVERED = "metricsRecovered"; // boolean
    static final String RECOVERED_SINCE = "recoveredSince"; // text, ISO 8601; null where the latest look was not fine
    static final String RECOVERY_PROVEN = "recoveryProven"; // boolean

    private ObservationVariables() {}

    static Integer step(VariableScope scope) {
        return scope.getVariable(STEP) instanceof Number step ? (Integer) step.intValue() : null;
    }

    /** @return null where the release is observed, or its step began before this was kept */
    static Duration bake(VariableScope scope) {
        return scope.getVariable(BAKE) instanceof String bake ? Duration.parse(bake) : null;
    }

    static double observationFactor(VariableScope scope) {
        return scope.getVariable(OBSERVATION_FACTOR) instanceof Number factor ? factor.doubleValue() : 1;
    }
}
