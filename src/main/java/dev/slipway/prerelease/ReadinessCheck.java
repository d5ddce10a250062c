package dev.slipway.prerelease;

import dev.slipway.release.Requirement;
import java.util.List;
import java.util.Map;

/**
 * The checks of the diagram <em>Pre-release</em>, in the order of the diagram.
 *
 * @param task        the user task that asks
 * @param decision    the variable with its answer: {@code confirmed}, {@code rejected} or nothing
 * @param reason      the variable with the reason of a rejection
 * @param name        what people call it
 * @param requirement what it is asked for
 */
record ReadinessCheck(String task, String decision, String reason, String name, Requirement requirement) {

    static final String CONFIRMED = "confirmed";
    static final String REJECTED = "rejected";

    /** Asked in every release. */
    static final List<ReadinessCheck> ALWAYS = List.of(
            new ReadinessCheck("confirm-scope", "scopeDecision", "scopeReason", "Scope", Requirement.PRE_1),
            new ReadinessCheck(
                    "verify-dependencies",
                    "dependenciesDecision",
                    "dependenciesReason",
                    "Dependencies",
                    Requirement.PRE_2),
            new ReadinessCheck("confirm-tests", "testsDecision", "testsReason", "Tests", Requirement.PRE_3),
            new ReadinessCheck(
                    "confirm-rollback-plan",
                    "rollbackPlanDecision",
                    "rollbackPlanReason",
                    "Rollback plan",
                    Requirement.PRE_4),
            new ReadinessCheck(
                    "accept-ownership", "ownershipDecision", "ownershipReason", "Release owner", Requirement.PRE_5),
            new ReadinessCheck(
                    "accept-on-call", "onCallDecision", "onCallReason", "On-call person", Requirement.PRE_5));

    /** Asked where earlier reviews taught something. */
    static final ReadinessCheck LEARNED = new ReadinessCheck(
            "confirm-learned-checks", "learnedDecision", "learnedReason", "Learned checks", Requirement.LRN_5);

    /** Asked where the database schema changes. */
    static final List<ReadinessCheck> SCHEMA = List.of(
            new ReadinessCheck(
                    "review-schema-change", "schemaDecision", "schemaReason", "Schema change", Requirement.PRE_6),
            new ReadinessCheck(
                    "confirm-compatibility",
                    "compatibilityDecision",
                    "compatibilityReason",
                    "Backward compatibility",
                    Requirement.PRE_6));

    boolean isConfirmed(Map<String, Object> answers) {
        return CONFIRMED.equals(answers.get(decision));
    }

    /** @return what is open about it, in words */
    String openPoint(Map<String, Object> answers) {
        if (!REJECTED.equals(answers.get(decision))) {
            return name + " (" + requirement.id() + "): not answered in time";
        }
        var why = answers.get(reason);
        return name + " (" + requirement.id() + "): rejected" + (why == null ? "" : ", " + why);
    }
}
