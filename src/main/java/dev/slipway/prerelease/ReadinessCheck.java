package dev.slipway.prerelease;

import dev.slipway.release.Requirement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The checks of the diagram <em>Pre-release</em>, in the order of the diagram.
 *
 * @param task        the user task that asks
 * @param decision    the variable with its answer: {@code confirmed}, {@code rejected} or nothing
 * @param reason      the variable with the reason of a rejection
 * @param name        what people call it
 * @param requirement what it is asked for
 * @param collectors  whose evidence it rests on; may be empty
 * @param owns        whose blocking findings its people may override; may be empty
 */
record ReadinessCheck(
        String task,
        String decision,
        String reason,
        String name,
        Requirement requirement,
        List<String> collectors,
        List<String> owns) {

    static final String CONFIRMED = "confirmed";
    static final String REJECTED = "rejected";

    static final String SCOPE = "scope";
    static final String DEPENDENCIES = "dependencies";
    static final String MIGRATIONS = "migrations";
    static final String TESTS = "tests";
    static final String ROLLBACK_PLAN = "rollback-plan";
    static final String ON_CALL_COVER = "on-call";

    static final List<String> EVERY_COLLECTOR =
            List.of(SCOPE, DEPENDENCIES, MIGRATIONS, TESTS, ROLLBACK_PLAN, ON_CALL_COVER);

    static final ReadinessCheck OWNERSHIP = new ReadinessCheck(
            "accept-ownership",
            "ownershipDecision",
            "ownershipReason",
            "Release owner",
            Requirement.PRE_5,
            List.of(),
            List.of());

    static final ReadinessCheck ON_CALL =
            on(ON_CALL_COVER, "accept-on-call", "onCall", "On-call person", Requirement.PRE_5);

    /** Asked in every release. */
    static final List<ReadinessCheck> ALWAYS = List.of(
            on(SCOPE, "confirm-scope", "scope", "Scope", Requirement.PRE_1),
            on(DEPENDENCIES, "verify-dependencies", "dependencies", "Dependencies", Requirement.PRE_2),
            on(TESTS, "confirm-tests", "tests", "Tests", Requirement.PRE_3),
            on(ROLLBACK_PLAN, "confirm-rollback-plan", "rollbackPlan", "Rollback plan", Requirement.PRE_4),
            OWNERSHIP,
            ON_CALL);

    /** Asked where earlier reviews taught something. */
    static final ReadinessCheck LEARNED = new ReadinessCheck(
            "confirm-learned-checks",
            "learnedDecision",
            "learnedReason",
            "Learned checks",
            Requirement.LRN_5,
            List.of(),
            List.of());

    /** Asked where the database schema changes. The database group alone overrides what was found. */
    static final List<ReadinessCheck> SCHEMA = List.of(
            on(MIGRATIONS, "review-schema-change", "schema", "Schema change", Requirement.PRE_6),
            new ReadinessCheck(
                    "confirm-compatibility",
                    "compatibilityDecision",
                    "compatibilityReason",
                    "Backward compatibility",
                    Requirement.PRE_6,
                    List.of(MIGRATIONS),
                    List.of()));

    static final List<ReadinessCheck> ALL = Stream.of(ALWAYS.stream(), Stream.of(LEARNED), SCHEMA.stream())
            .flatMap(checks -> checks)
            .toList();

    private static ReadinessCheck on(
            String collector, String task, String variable, String name, Requirement requirement) {
        return new ReadinessCheck(
                task,
                variable + "Decision",
                variable + "Reason",
                name,
                requirement,
                List.of(collector),
                List.of(collector));
    }

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
