package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseFlow;
import java.time.Duration;
import java.util.Map;
import org.camunda.bpm.engine.IdentityService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Diagram <em>Communication</em>. */
class CommunicationTest extends DiagramTest {

    @Autowired
    IdentityService identities;

    @BeforeEach
    void a_release_is_ready_to_be_announced() {
        opened(request());
        confirmReadiness();
        approve();
    }

    @Test
    void the_notes_are_drafted_from_the_evidence_and_the_owner_edits_them() {
        isIn(Phase.COMMUNICATION);
        assertThat((String) tasks.getVariable(task("edit-release-notes").getId(), "releaseNotes"))
                .contains("New: Pay by invoice (SHOP-12)")
                .contains("Give 1.0.0 all traffic")
                .contains("In charge: erin");
    }

    @Test
    void every_team_of_the_service_is_told_and_acknowledges() {
        answer("edit-release-notes", "erin", Map.of("releaseNotes", "Pay by invoice."));

        assertThat(told()).anyMatch(what -> what.startsWith("Thread opened: "));
        assertThat(told()).anyMatch(what -> what.endsWith("notice to support"));
        assertThat(told()).anyMatch(what -> what.endsWith("notice to qa"));
        assertThat(openTasks()).containsExactly("acknowledge-release", "acknowledge-release");
        answer("acknowledge-release", "rita", Map.of("acknowledgement", "known"));
        answer("acknowledge-release", "rita", Map.of("acknowledgement", "known"));

        assertThat(told()).contains("Every team knows.");
        isIn(Phase.RELEASE_WINDOW);
    }

    @Test
    void by_the_link_of_its_notice_each_team_answers_its_own_task_as_tasklist_shows_it() {
        isMember("sam", "support");
        isMember("quentin", "qa");
        answer("edit-release-notes", "erin", Map.of("releaseNotes", "Pay by invoice."));
        assertThat(timeline.of(release))
                .filteredOn(entry -> entry.what().endsWith("notice to qa"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.evidence()).contains("[acknowledge here](http", "/decide/"));

        var asked = flow.question(release, "acknowledge-release", "quentin");
        assertThat(asked.name()).isEqualTo("Acknowledge release");
        assertThat(asked.briefing()).contains("checkout 1.1.0", "[all about it](/releases/" + release + ")");
        assertThat(asked.fields())
                .extracting(ReleaseFlow.Question.Field::key)
                .contains("acknowledgement", "acknowledgementNote");
        assertThat(asked.fields().get(0).choices()).containsKey("known");
        assertThatThrownBy(() -> flow.question(release, "acknowledge-release", "paula"))
                .isInstanceOf(Refusal.NotAllowed.class)
                .hasMessageContaining("paula may not answer \"Acknowledge release\".");
        assertThatThrownBy(() -> flow.question(release, "decide-go", "erin")).isInstanceOf(Refusal.Conflict.class);
        flow.answer(release, "acknowledge-release", "quentin", Map.of("acknowledgement", "known"));
        assertThatThrownBy(() ->
                        flow.answer(release, "acknowledge-release", "quentin", Map.of("acknowledgement", "known")))
                .isInstanceOf(Refusal.NotAllowed.class);
        flow.answer(release, "acknowledge-release", "sam", Map.of("acknowledgement", "known"));
        runDueJobs();

        assertThat(told()).contains("Every team knows.");
    }

    private void isMember(String person, String group) {
        if (identities.createUserQuery().userId(person).count() == 0) {
            identities.saveUser(identities.newUser(person));
        }
        if (identities.createGroupQuery().groupId(group).count() == 0) {
            identities.saveGroup(identities.newGroup(group));
        }
        if (identities.createUserQuery().userId(person).memberOfGroup(group).count() == 0) {
            identities.createMembership(person, group);
        }
    }

    @Test
    void a_question_goes_to_the_thread() {
        answer("edit-release-notes", "erin", Map.of("releaseNotes", "Pay by invoice."));
        answer(
                "acknowledge-release",
                "rita",
                Map.of("acknowledgement", "question", "acknowledgementNote", "Which country?"));

        assertThat(told()).anyMatch(what -> what.endsWith("asks about checkout 1.1.0"));
    }

    @Test
    void notes_that_nobody_edits_go_out_as_drafted_and_silent_teams_are_shown_at_go_or_no_go() {
        wait(Duration.ofDays(1));
        assertThat(openTasks()).contains("acknowledge-release");
        wait(Duration.ofDays(1));

        assertThat(told()).contains("Silent: support, qa.");
        assertThat(briefing("decide-go")).contains("Silent teams:").contains("support, qa");
    }

    @Test
    void an_overdue_acknowledgement_is_escalated() {
        answer("edit-release-notes", "erin", Map.of("releaseNotes", "Pay by invoice."));
        wait(Duration.ofHours(5));

        assertThat(openTasks()).contains("chase-overdue-task");
    }
}
