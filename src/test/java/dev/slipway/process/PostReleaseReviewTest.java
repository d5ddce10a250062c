package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.ReleaseFlow;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Diagram <em>Post-release review</em>. */
class PostReleaseReviewTest extends DiagramTest {

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
