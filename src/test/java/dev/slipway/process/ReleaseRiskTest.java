package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.engine.RiskDemands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseRiskTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
    private static final RiskDemands DEMANDS = new RiskDemands();
    private static DmnDecision table;

    @BeforeAll
    static void reads_the_table() throws IOException {
        try (var file = Files.newInputStream(Path.of("processes", "release-risk.dmn"))) {
            table = ENGINE.parseDecision("release-risk", file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLED_BACK", "FOLLOW_UP_REQUIRED"})
    void a_schema_change_right_after_a_failed_release_is_high(String lastOutcome) {
        assertThat(demands(true, 1, 0, lastOutcome, "CANARY")).isEqualTo(high());
    }

    @Test
    void a_schema_change_of_a_service_without_a_gradual_rollout_is_high() {
        assertThat(demands(true, 1, 0, "SUCCESSFUL", "ALL_AT_ONCE")).isEqualTo(high());
    }

    @Test
    void a_schema_change_that_people_must_help_to_take_back_is_high() {
        assertThat(demands(true, 1, 1, "SUCCESSFUL", "CANARY")).isEqualTo(high());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLED_BACK", "FOLLOW_UP_REQUIRED"})
    void a_large_release_right_after_a_failed_one_is_high(String lastOutcome) {
        assertThat(demands(false, 10, 0, lastOutcome, "CANARY")).isEqualTo(high());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY", "BLUE_GREEN", "FEATURE_FLAG"})
    void a_schema_change_on_its_own_is_medium_and_needs_two_approvals(String strategy) {
        assertThat(demands(true, 1, 0, "SUCCESSFUL", strategy)).isEqualTo(medium(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ROLLED_BACK", "FOLLOW_UP_REQUIRED"})
    void a_small_release_right_after_a_failed_one_is_medium(String lastOutcome) {
        assertThat(demands(false, 9, 0, lastOutcome, "CANARY")).isEqualTo(medium(1));
    }

    @Test
    void three_manual_steps_on_the_way_back_are_medium() {
        assertThat(demands(false, 1, 3, "SUCCESSFUL", "CANARY")).isEqualTo(medium(1));
    }

    @Test
    void ten_changes_are_medium() {
        assertThat(demands(false, 10, 2, "SUCCESSFUL", "CANARY")).isEqualTo(medium(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"CANARY", "BLUE_GREEN", "FEATURE_FLAG", "ALL_AT_ONCE"})
    void an_ordinary_release_is_low_and_goes_out_as_its_service_says(String strategy) {
        assertThat(demands(false, 9, 2, "SUCCESSFUL", strategy)).isEqualTo(low());
    }

    @ParameterizedTest
    @ValueSource(strings = {"NONE", "CANCELLED"})
    void a_service_that_was_never_released_or_only_cancelled_has_not_failed(String lastOutcome) {
        assertThat(demands(false, 0, 0, lastOutcome, "CANARY")).isEqualTo(low());
    }

    @Test
    void what_is_not_known_is_not_taken_for_harmless() {
        assertThat(demands(Map.of())).isEqualTo(medium(1));
        assertThat(demands(false, 1, 0, "SOMETHING_NEW", "CANARY")).isEqualTo(medium(1));
    }

    @Test
    void every_rule_that_fits_counts() {
        var release = new HashMap<>(ordinary());
        release.put("schemaChange", true);
        release.put("migrationVerdict", "BLOCKING");
        release.put("changeCount", 12);
        release.put("usualWindow", false);

        var demands = rules(release);

        assertThat(DEMANDS.risk(demands)).isEqualTo("HIGH");
        assertThat(DEMANDS.requiredApprovals(demands)).isEqualTo(2);
        assertThat(DEMANDS.approvingRoles(demands)).isEqualTo("database,on-call");
        assertThat(DEMANDS.firstStepAtMost(demands)).isEqualTo(5);
        assertThat(DEMANDS.reasons(demands))
                .isEqualTo("A migration blocks traffic or breaks the version that still serves; the database schema"
                        + " changes; it has ten changes or more; its window is outside the usual hours.");
    }

    @ParameterizedTest
    @CsvSource({
        "migrationVerdict, IRREVERSIBLE, HIGH, 2, database",
        "migrationVerdict, BLOCKING, HIGH, 2, database",
        "migrationVerdict, UNPARSED, MEDIUM, 2, database",
        "batchRatio, 5.0, HIGH, 2, ''",
        "batchRatio, 2.0, MEDIUM, 1, ''",
        "dependencyKinds, 3, MEDIUM, 1, ''",
        "recentFailures, 2, MEDIUM, 1, ''",
        "usualWindow, false, MEDIUM, 1, on-call",
        "batchRatio, 1.9, LOW, 0, ''"
    })
    void each_fact_raises_the_bar_on_its_own(String fact, String value, String risk, int approvals, String roles) {
        var release = new HashMap<>(ordinary());
        release.put(fact, value(value));
        var demands = rules(release);

        assertThat(DEMANDS.risk(demands)).isEqualTo(risk);
        assertThat(DEMANDS.requiredApprovals(demands)).isEqualTo(approvals);
        assertThat(DEMANDS.approvingRoles(demands)).isEqualTo(roles);
    }

    @Test
    void a_schema_change_that_is_safe_for_a_rolling_deployment_raises_nothing() {
        var release = new HashMap<>(ordinary());
        release.put("schemaChange", true);
        release.put("migrationVerdict", "SAFE");

        assertThat(DEMANDS.risk(rules(release))).isEqualTo("LOW");
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "91, true", "90, false", "0, false"})
    void a_long_manual_way_back_must_have_been_rehearsed(int age, boolean needed) {
        var release = new HashMap<>(ordinary());
        release.put("manualStepCount", 3);
        release.put("rehearsalAgeDays", age);

        assertThat(DEMANDS.rehearsalNeeded(rules(release))).isEqualTo(needed);
    }

    private static Object value(String text) {
        if (text.equals("false")) {
            return false;
        }
        if (text.matches("[A-Z]+")) {
            return text;
        }
        return text.contains(".") ? (Object) Double.valueOf(text) : (Object) Integer.valueOf(text);
    }

    /** Small, known to a machine, and the last one went well. */
    private static Map<String, Object> ordinary() {
        return Map.ofEntries(
                Map.entry("schemaChange", false),
                Map.entry("migrationVerdict", "NONE"),
                Map.entry("changeCount", 1),
                Map.entry("batchRatio", 1.0),
                Map.entry("dependencyKinds", 0),
                Map.entry("manualStepCount", 0),
                Map.entry("rehearsalAgeDays", -1),
                Map.entry("lastOutcome", "SUCCESSFUL"),
                Map.entry("recentFailures", 0),
                Map.entry("strategy", "CANARY"),
                Map.entry("usualWindow", true),
                Map.entry("evidenceComplete", true));
    }

    private static Map<String, Object> high() {
        return Map.of("risk", "HIGH", "requiredApprovals", 2, "rolloutStrategy", "gradual", "observationFactor", 2.0);
    }

    private static Map<String, Object> medium(int approvals) {
        return Map.of(
                "risk",
                "MEDIUM",
                "requiredApprovals",
                approvals,
                "rolloutStrategy",
                "gradual",
                "observationFactor",
                1.5);
    }

    private static Map<String, Object> low() {
        return Map.of("risk", "LOW", "requiredApprovals", 1, "rolloutStrategy", "as-defined", "observationFactor", 1.0);
    }

    /** @return what the rules that fit demand together */
    private static Map<String, Object> demands(
            boolean schemaChange, int changeCount, int manualStepCount, String lastOutcome, String strategy) {
        var release = new HashMap<>(ordinary());
        release.put("schemaChange", schemaChange);
        release.put("changeCount", changeCount);
        release.put("manualStepCount", manualStepCount);
        release.put("lastOutcome", lastOutcome);
        release.put("strategy", strategy);
        // As it is where nobody has looked.
        release.put("migrationVerdict", "UNKNOWN");
        release.put("evidenceComplete", false);
        return demands(release);
    }

    private static Map<String, Object> demands(Map<String, Object> release) {
        var rules = rules(release);
        return Map.of(
                "risk", DEMANDS.risk(rules),
                "requiredApprovals", DEMANDS.requiredApprovals(rules),
                "rolloutStrategy", DEMANDS.rolloutStrategy(rules),
                "observationFactor", DEMANDS.observationFactor(rules));
    }

    private static List<Map<String, Object>> rules(Map<String, Object> release) {
        return ENGINE.evaluateDecisionTable(table, release).getResultList();
    }
}
