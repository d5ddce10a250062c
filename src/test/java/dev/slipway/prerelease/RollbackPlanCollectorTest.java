package dev.slipway.prerelease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.catalog.ServiceDefinition.Rollback;
import dev.slipway.catalog.Settings;
import dev.slipway.release.Rehearsal;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Release;
import dev.slipway.release.RollbackStep;
import dev.slipway.release.SampleRelease;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RollbackPlanCollectorTest {

    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final RollbackStep AUTO =
            new RollbackStep(true, null, 1, "give all traffic back", "the router says 100 %");
    private static final RollbackStep MANUAL =
            new RollbackStep(false, "olga", 5, "restart the queue workers", "queue age below 1 s");

    private final Rehearsals rehearsals = mock(Rehearsals.class);
    private final Collector collector = new RollbackPlanCollector(rehearsals, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void a_complete_plan_of_the_service_leaves_nothing_to_ask() {
        var found = collector.collect(release(null, null, "1.0.0"), definition(List.of(AUTO, MANUAL), null));

        assertThat(found.findings()).isEmpty();
        assertThat(found.summary())
                .isEqualTo("The way back of checkout 1.1.0 has 1 manual step, 6 min in all; the plan is complete.");
        assertThat(found.facts())
                .containsOnly(
                        Map.entry("manualStepCount", 1),
                        Map.entry("rollbackMinutes", 6),
                        Map.entry("planComplete", true),
                        Map.entry("rehearsalAgeDays", -1),
                        Map.entry("rehearsalFailed", false));
    }

    @Test
    void a_release_without_any_plan_is_blocked() {
        var found = collector.collect(release(null, null, "1.0.0"), definition(List.of(), null));

        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.severity())
                    .as("whoever is asked writes one, or it is refused")
                    .isEqualTo(Finding.Severity.ASK);
            assertThat(finding.what()).contains("There is no rollback plan");
        });
        assertThat(found.facts()).containsEntry("planComplete", false);
    }

    @Test
    void each_missing_part_and_each_manual_step_without_a_person_is_asked_about() {
        var found = collector.collect(
                release("[auto] 1 min: give all traffic back -> tbd", "5 min: tell support -> they answer", "1.0.0"),
                definition(List.of(), null));

        assertThat(found.findings())
                .extracting(Finding::kind, Finding::severity)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("rollback-plan-gap", Finding.Severity.ASK),
                        org.assertj.core.groups.Tuple.tuple("manual-step-without-person", Finding.Severity.ASK));
        assertThat(found.facts()).containsEntry("manualStepCount", 1).containsEntry("rollbackMinutes", 6);
    }

    @Test
    void a_rehearsal_that_never_was_or_is_too_old_or_failed_is_asked_about() {
        var rehearsed = definition(List.of(AUTO), place());
        var release = release(null, null, "1.0.0");
        assertThat(collector.collect(release, rehearsed).findings())
                .extracting(Finding::what)
                .containsExactly("The way back of checkout was never rehearsed with success.");

        passed(Duration.ofDays(31), 42);
        var old = collector.collect(release, rehearsed);
        assertThat(old.findings())
                .extracting(Finding::what)
                .containsExactly("The way back of checkout was last rehearsed 31 days ago; at most 30 are allowed.");
        assertThat(old.facts()).containsEntry("rehearsalAgeDays", 31).containsEntry("rehearsalMinutes", 0.7);

        passed(Duration.ofDays(3), 42);
        assertThat(collector.collect(release, rehearsed).findings()).isEmpty();

        var failed = rehearsal(Duration.ofHours(1), 5, Rehearsal.Result.FAILED, "test refused: frozen");
        given(rehearsals.last("checkout")).willReturn(Optional.of(failed));
        var broken = collector.collect(release, rehearsed);
        assertThat(broken.findings())
                .extracting(Finding::what)
                .containsExactly("The latest rehearsal failed: test refused: frozen");
        assertThat(broken.facts()).containsEntry("rehearsalFailed", true).containsEntry("rehearsalAgeDays", 3);
    }

    private void passed(Duration age, long seconds) {
        var passed = Optional.of(rehearsal(age, seconds, Rehearsal.Result.PASSED, null));
        given(rehearsals.last("checkout")).willReturn(passed);
        given(rehearsals.lastPassed("checkout")).willReturn(passed);
    }

    private static Rehearsal rehearsal(Duration age, long seconds, Rehearsal.Result result, String reason) {
        var end = NOW.minus(age);
        return new Rehearsal(1L, "checkout", 7, "staging", end.minusSeconds(seconds), end, seconds, result, reason);
    }

    private static RehearsalPlan place() {
        return new RehearsalPlan("staging", "test", new Settings(Map.of("place", "staging")), Duration.ofDays(30));
    }

    private static ServiceDefinition definition(List<RollbackStep> steps, RehearsalPlan rehearsal) {
        return SampleService.called("checkout")
                .with(new Rollback(steps, List.of(), rehearsal, Duration.ZERO))
                .definition();
    }

    private static Release release(String plan, String manualSteps, String serving) {
        return SampleRelease.of("checkout", "1.1.0")
                .numbered(8)
                .after(serving)
                .goingBackBy(plan, manualSteps)
                .release();
    }
}
