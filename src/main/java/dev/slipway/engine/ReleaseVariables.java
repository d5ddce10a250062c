package dev.slipway.engine;

import dev.slipway.release.ReleaseId;
import org.camunda.bpm.engine.delegate.VariableScope;

/** What every diagram knows of its release. Names equal the diagrams'. */
public final class ReleaseVariables {

    public static final String RELEASE_ID = "releaseId"; // text, such as REL-42
    public static final String RELEASE_NAME = "releaseName"; // text, service and version, for people
    public static final String SERVICE = "service"; // text
    public static final String VERSION = "version"; // text
    public static final String OWNER = "owner"; // text, user id
    public static final String REQUESTED_BY = "requestedBy"; // text, user id
    public static final String EXIT_REASON = "exitReason"; // text, why the release left the happy path

    private ReleaseVariables() {}

    /** @throws IllegalStateException where the scope belongs to no release */
    public static ReleaseId releaseId(VariableScope scope) {
        return ReleaseId.parse((String) scope.getVariable(RELEASE_ID))
                .orElseThrow(() -> new IllegalStateException("no release in this scope"));
    }

    /** @return the variable as text; null where it is not set */
    public static String text(VariableScope scope, String name) {
        var value = scope.getVariable(name);
        return value == null ? null : value.toString();
    }

    /** @return the variable as a whole number; {@code fallback} where it is not set */
    public static int number(VariableScope scope, String name, int fallback) {
        var value = scope.getVariable(name);
        return value instanceof Number number ? number.intValue() : fallback;
    }

    /** Keeps why the release leaves the happy path, for the diagrams that follow. */
    public static void exitReason(VariableScope scope, String reason) {
        scope.setVariable(EXIT_REASON, reason);
    }
}
