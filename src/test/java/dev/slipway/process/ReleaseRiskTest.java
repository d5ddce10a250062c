package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.dmn.engine.impl.DmnDecisionTableImpl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseRiskTest {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();
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
    void the_last_rule_fits_whatever_comes() {
        assertThat(table.getDecisionLogic())
                .asInstanceOf(type(DmnDecisionTableImpl.class))
                .satisfies(logic -> assertThat(logic.getRules()
                                .get(logic.getRules().size() - 1)
                                .getConditions())
                        .allSatisfy(condition ->
                                assertThat(condition.getExpression()).isNullOrEmpty()));
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

    /** @return what the one rule that fits demands */
    private static Map<String, Object> demands(
            boolean schemaChange, int changeCount, int manualStepCount, String lastOutcome, String strategy) {
        var release = Map.<String, Object>of(
                "schemaChange", schemaChange,
                "changeCount", changeCount,
                "manualStepCount", manualStepCount,
                "lastOutcome", lastOutcome,
                "strategy", strategy);
        return demands(release);
    }

    private static Map<String, Object> demands(Map<String, Object> release) {
        return ENGINE.evaluateDecisionTable(table, release).getSingleResult().getEntryMap();
    }
}
