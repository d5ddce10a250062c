package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.observation.FalseAlarms;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagram <em>Post-release review</em>. */
class PostReleaseReviewTest extends DiagramTest {

    @Autowired
    FalseAlarms alarms;

    static Map<String, Object> answers() {
        return Map.of(
                "foundBy",
                "watchers",
                "rollbackBelieved",
                "yes",
                "notesGood",
                "yes",
                "smallEnough",
                "yes",
                "reviewNote",
                "A missing index.");
    }

    @BeforeEach
    void a_release_was_rolled_back() {
        baking();
        flow.tell(release, ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", "error-rate 9 %"));
        runDueJobs();
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back."));
        isIn(Phase.REVIEW);
    }

    @Test
    void the_facts_are_gathered_before_people_are_asked() {
        assertThat(briefing("answer-review"))
                .contains("First found by: watchers")
                .contains("The way back took")
                .contains("Changes in the release: 1, small");
        assertThat(tasks.getVariable(task("answer-review").getId(), "foundBy")).isEqualTo("watchers");
    }

    @Test
    void who_decides_says_in_the_review_that_an_alarm_was_none() {
        jdbc.update(
                "insert into measurement (release_number, stage, metric, at, kind, warm_up, verdict)"
                        + " values (?, 'step-1', 'error-rate', current_timestamp, 'VALUE', false, 'FAIL')",
                release.number());
        answer("answer-review", "erin", answers());
        assertThat(tasks.getVariableLocal(task("agree-on-checks").getId(), "briefing")
                        .toString())
                .contains("| error-rate | metric | 0 of 1 (0 %) |");
        var marked = Map.<String, Object>of(
                "newChecks", "Announce load tests", "falseAlarms", "Error-rate\n", "falseAlarmReason", "Load test");

        tasks.setAssignee(task("agree-on-checks").getId(), "erin");
        refused("agree-on-checks", "erin", marked).hasMessageContaining("erin may not mark false alarms");
        tasks.setAssignee(task("agree-on-checks").getId(), null);
        refused("agree-on-checks", "adam", Map.of("newChecks", "x", "falseAlarms", "latency", "falseAlarmReason", "y"))
                .hasMessageContaining("latency did not speak against release")
                .hasMessageContaining("These did: error-rate.");
        answer("agree-on-checks", "adam", marked);

        assertThat(told()).contains("False alarm: error-rate: Load test");
        assertThat(alarms.rates("checkout"))
                .containsExactly(new FalseAlarms.Rate("checkout", FalseAlarms.Source.METRIC, "error-rate", 1, 1));
        endsAt("rolled-back", Outcome.ROLLED_BACK);
    }

    @Test
    void what_is_agreed_on_is_kept_for_the_next_release() {
        answer("answer-review", "erin", answers());
        answer("agree-on-checks", "adam", Map.of("newChecks", "Look for missing indexes\nRehearse the way back"));

        assertThat(told()).contains("Learned for the next release: 2 checks.");
        endsAt("rolled-back", Outcome.ROLLED_BACK);
    }

    @Test
    void a_review_that_nobody_answers_is_asked_about_on_the_next_release() {
        wait(Duration.ofDays(8));

        assertThat(told()).contains("Not reviewed; the next release is asked about the cause.");
        endsAt("rolled-back", Outcome.ROLLED_BACK);
    }

    @Test
    void checks_that_nobody_agrees_on_are_the_open_finding_itself() {
        answer("answer-review", "erin", answers());
        wait(Duration.ofDays(8));

        assertThat(told()).contains("Not reviewed; the next release is asked about the cause.");
        endsAt("rolled-back", Outcome.ROLLED_BACK);
    }
}
