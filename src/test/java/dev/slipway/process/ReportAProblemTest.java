package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.TimelineEntry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

/** Diagram <em>Report a problem</em>. */
class ReportAProblemTest extends DiagramTest {

    @Test
    void a_problem_is_told_to_the_release_in_the_name_of_who_reports() {
        observed();
        starts("sam", "SUPPORT", "HIGH", "No card payments.");

        assertThat(briefing("weigh-signal-in-observation"))
                .contains("Problem reported (SUPPORT, HIGH) by sam: No card payments.");
        assertThat(timeline.of(release))
                .extracting(TimelineEntry::actor, TimelineEntry::what)
                .contains(tuple("sam", "Problem reported (SUPPORT, HIGH): No card payments."));
        assertThat(passed("problem-recorded")).isTrue();
    }

    @Test
    void a_critical_problem_hauls_the_release_back() {
        baking();
        starts("sam", "QA", "CRITICAL", "Orders are lost.");

        isIn(Phase.FINAL_STATUS);
        assertThat(deployer.weight()).isZero();
    }

    @Test
    void a_note_is_kept_and_nothing_follows_from_it() {
        observed();
        starts("sam", "NOTE", null, "The mails are late.");

        assertThat(told()).contains("Noted: The mails are late.");
        assertThat(openTasks()).isEmpty();
        assertThat(passed("note-recorded")).isTrue();
        watch(Duration.ofMinutes(10));
        endsAt("released", Outcome.SUCCESSFUL);
    }

    @Test
    void what_can_not_be_taken_is_refused_while_the_form_is_open() {
        observed();
        var instances = runtime.createProcessInstanceQuery().count();

        refuses("REL-999999", "SUPPORT", "LOW").hasMessageContaining("There is no release REL-999999.");
        refuses("checkout", "NOTE", null).hasMessageContaining("checkout is not the id of a release such as REL-42.");
        refuses(release.toString(), "SUPPORT", null).hasMessageContaining("reportSeverity must be one of LOW, HIGH");
        watch(Duration.ofMinutes(10));
        refuses(release.toString(), "SUPPORT", "LOW").hasMessageContaining(release + " (checkout 1.1.0) is closed.");
        refuses(release.toString(), "NOTE", null).hasMessageContaining("is closed.");

        assertThat(runtime.createProcessInstanceQuery().count()).isLessThan(instances);
        assertThat(runtime.createIncidentQuery().count()).isZero();
        assertThat(told()).noneMatch(what -> what.startsWith("Problem reported") || what.startsWith("Noted"));
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refuses(String id, String kind, String severity) {
        return assertThatThrownBy(() -> starts(id, "sam", kind, severity, "Something."));
    }

    private void starts(String who, String kind, String severity, String text) {
        starts(release.toString(), who, kind, severity, text);
    }

    private void starts(String id, String who, String kind, String severity, String text) {
        var form = new HashMap<String, Object>(Map.of("releaseId", id, "reportKind", kind, "reportText", text));
        if (severity != null) {
            form.put("reportSeverity", severity);
        }
        identity.setAuthentication(who, List.of("support"));
        try {
            runtime.startProcessInstanceByKey("report-a-problem", form);
        } finally {
            identity.clearAuthentication();
        }
        runDueJobs();
    }
}
