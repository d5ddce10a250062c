package dev.slipway.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.observation.Alerts;
import dev.slipway.observation.Alerts.Alert;
import dev.slipway.observation.Alerts.Received;
import dev.slipway.observation.FalseAlarms;
import dev.slipway.observation.FalseAlarms.Source;
import dev.slipway.observation.ProblemReports;
import dev.slipway.observation.ProblemReports.Effect;
import dev.slipway.observation.ProblemReports.Kind;
import dev.slipway.observation.ProblemReports.Severity;
import dev.slipway.release.EarlyEnd;
import dev.slipway.release.FirstFound;
import dev.slipway.release.FirstFound.How;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.SampleRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What alerts and people say about a release that is watched, and what it does. */
class AlarmsTest extends DiagramTest {

    private static final String WEIGH = "weigh-signal-in-observation";

    @Autowired
    Alerts alerts;

    @Autowired
    ProblemReports reports;

    @Autowired
    FalseAlarms alarms;

    @Autowired
    FirstFound firstFound;

    @Autowired
    EarlyEnd earlyEnd;

    // ---- alerts

    @Test
    void an_alert_with_the_name_of_the_service_asks_a_person() {
        observed();

        assertThat(receive(firing("CheckoutSlow", Map.of("service", "checkout"))))
                .isEqualTo(new Received(1, 1, 1));

        assertThat(briefing(WEIGH)).contains("Alert fired: CheckoutSlow: It hurts.");
        assertThat(told()).contains("Alert fired: CheckoutSlow: It hurts.");
    }

    @Test
    void an_alert_that_is_repeated_does_nothing_twice_and_one_that_ends_is_told() {
        observed();
        var alert = firing("CheckoutSlow", Map.of("service", "checkout"));
        receive(alert);
        wait(Duration.ofMinutes(5));

        assertThat(receive(alert)).isEqualTo(new Received(1, 1, 0));
        assertThat(openTasks()).containsExactly(WEIGH);

        var over = new Alert(false, alert.fingerprint(), alert.startsAt(), alert.labels(), alert.summary());
        assertThat(receive(over)).isEqualTo(new Received(1, 1, 0));
        assertThat(receive(over)).isEqualTo(new Received(1, 0, 0));
        assertThat(told())
                .containsOnlyOnce("Alert fired: CheckoutSlow: It hurts.", "Alert resolved: CheckoutSlow: It hurts.");
    }

    @Test
    void an_alert_that_comes_again_later_is_another_one() {
        observed();
        receive(firing("CheckoutSlow", Map.of("service", "checkout")));
        wait(Duration.ofMinutes(1));

        receive(firing("CheckoutSlow", Map.of("service", "checkout")));

        assertThat(openTasks()).containsExactly(WEIGH, WEIGH);
    }

    @Test
    void a_rule_of_the_service_file_hauls_the_release_back_and_its_reason_is_known() {
        ledgerIsObserved();

        receive(firing("LedgerDown", Map.of("service", "ledger", "severity", "warning")));
        isIn(Phase.OBSERVATION);
        receive(firing("LedgerDown", Map.of("service", "ledger", "severity", "critical")));

        isIn(Phase.ROLLBACK);
        assertThat(briefing("carry-out-manual-step")).contains("Alert fired: LedgerDown: It hurts.");
        assertThat(deployer.weight()).isZero();
    }

    @Test
    void a_rule_may_match_an_alert_that_names_no_service() {
        ledgerIsObserved();

        assertThat(receive(firing("BatchLate", Map.of("job", "other")))).isEqualTo(new Received(1, 0, 0));
        assertThat(receive(firing("BatchLate", Map.of("job", "ledger-batch")))).isEqualTo(new Received(1, 1, 1));
        assertThat(openTasks()).containsExactly(WEIGH);
    }

    @Test
    void alerts_about_something_else_leave_no_trace() {
        observed();
        var before = told();

        assertThat(receive(
                        firing("A", Map.of("service", "search")),
                        firing("B", Map.of()),
                        firing("C", Map.of("service", "checkout", "version", "1.0.0"))))
                .isEqualTo(new Received(3, 0, 0));

        assertThat(told()).isEqualTo(before);
        assertThat(receive(firing("C", Map.of("service", "checkout", "version", "1.1.0")))
                        .heard())
                .isEqualTo(1);
    }

    @Test
    void a_release_that_nobody_can_meet_yet_is_not_blamed() {
        ready();

        assertThat(receive(firing("CheckoutSlow", Map.of("service", "checkout"))))
                .isEqualTo(new Received(1, 0, 0));
    }

    @Test
    void an_alert_that_fired_before_the_release_is_told_but_stops_nothing() {
        var before = firing("CheckoutSlow", Map.of("service", "checkout"));
        wait(Duration.ofMinutes(1));
        observed();

        assertThat(receive(before)).isEqualTo(new Received(1, 1, 0));
        assertThat(receive(before)).isEqualTo(new Received(1, 1, 0));

        assertThat(openTasks()).isEmpty();
        assertThat(told()).containsOnlyOnce("Alert was firing before the release already: CheckoutSlow: It hurts.");
        assertThat(firstFound.of(release)).isEmpty();
    }

    // ---- problem reports

    @Test
    void where_the_file_says_nothing_one_report_asks_and_one_critical_one_stops() {
        observed();

        assertThat(report("sam", Severity.LOW, "A typo.")).isEqualTo(Effect.HEARD);
        assertThat(openTasks()).containsExactly(WEIGH);
        assertThat(report("sam", Severity.LOW, " a  TYPO.")).isEqualTo(Effect.COUNTED);
        assertThat(report("quentin", Severity.HIGH, "A typo.")).isEqualTo(Effect.HEARD);
        assertThat(openTasks()).containsExactly(WEIGH, WEIGH);
        assertThat(report("quentin", Severity.CRITICAL, "Orders are lost.")).isEqualTo(Effect.HEARD);

        isIn(Phase.FINAL_STATUS);
        assertThat(briefing("confirm-final-status"))
                .contains("Problem reported (QA, CRITICAL) by quentin: Orders are lost.");
    }

    @Test
    void reports_count_together_up_to_the_threshold_of_the_service() {
        ledgerIsObserved();

        assertThat(report("sam", Severity.LOW, "One")).isEqualTo(Effect.COUNTED);
        assertThat(report("sam", Severity.LOW, "One")).as("the same again").isEqualTo(Effect.COUNTED);
        assertThat(report("sam", Severity.HIGH, "Two")).isEqualTo(Effect.COUNTED);
        isIn(Phase.OBSERVATION);
        assertThat(report("quentin", Severity.HIGH, "Two")).isEqualTo(Effect.HEARD);

        isIn(Phase.ROLLBACK);
        assertThat(briefing("carry-out-manual-step"))
                .contains("3 problem reports.")
                .contains("by sam: One")
                .contains("by quentin: Two");
    }

    @Test
    void three_small_reports_are_as_good_as_a_big_one() {
        ledgerIsObserved();
        report("sam", Severity.LOW, "One");
        report("sam", Severity.LOW, "Two");
        isIn(Phase.OBSERVATION);
        report("sam", Severity.LOW, "Three");

        isIn(Phase.ROLLBACK);
    }

    @Test
    void what_was_reported_too_long_ago_does_not_count() {
        ledgerIsObserved();
        report("sam", Severity.LOW, "One");
        report("sam", Severity.LOW, "Two");
        wait(Duration.ofMinutes(5).plusSeconds(1));
        report("sam", Severity.LOW, "Three");

        isIn(Phase.OBSERVATION);
    }

    @Test
    void a_report_that_comes_too_early_is_kept_and_heard_with_the_next() {
        ready();
        assertThat(report("sam", Severity.HIGH, "One")).isEqualTo(Effect.NOT_WATCHED);
        sayGo();
        report("sam", Severity.HIGH, "Two");

        assertThat(briefing("weigh-signal-in-rollout")).contains("by sam: One").contains("by sam: Two");
    }

    @Test
    void a_text_that_fits_no_variable_is_refused() {
        observed();

        assertThatThrownBy(() -> report("sam", Severity.LOW, "x".repeat(3_501)))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("3,500");
        assertThat(report("sam", Severity.LOW, "x".repeat(3_500))).isEqualTo(Effect.HEARD);
    }

    // ---- who found it first

    @Test
    void the_watcher_finds_it_first() {
        observed();
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));

        assertThat(firstFound.of(release)).hasValueSatisfying(found -> {
            assertThat(found.how()).isEqualTo(How.METRIC);
            assertThat(found.who()).isEqualTo("watcher");
            assertThat(found.at()).isAfter(Instant.parse("2026-11-24T10:00:00Z"));
        });
    }

    @Test
    void whoever_comes_first_counts() {
        observed();
        report("sam", Severity.LOW, "Slow");
        wait(Duration.ofMinutes(1));
        receive(firing("CheckoutSlow", Map.of("service", "checkout")));
        earlyEnd.rollBack(release, "Enough", "adam");

        assertThat(firstFound.of(release)).hasValueSatisfying(found -> {
            assertThat(found.how()).isEqualTo(How.REPORT);
            assertThat(found.who()).isEqualTo("sam");
        });
    }

    @Test
    void a_person_who_rolls_back_on_nobodys_word_found_it() {
        observed();
        earlyEnd.rollBack(release, "I don't like it", "adam");

        assertThat(firstFound.of(release).map(FirstFound.Found::how)).contains(How.PERSON);
        assertThat(firstFound.of(release).map(FirstFound.Found::who)).contains("adam");
    }

    @Test
    void an_alert_found_it() {
        observed();
        receive(firing("CheckoutSlow", Map.of("service", "checkout")));

        assertThat(firstFound.of(release).map(FirstFound.Found::how)).contains(How.ALERT);
    }

    // ---- false alarms

    @Test
    void alarms_that_were_none_are_marked_once_and_counted() {
        observed();
        receive(firing("CheckoutSlow", Map.of("service", "checkout")));
        var number =
                reports.report(release, Kind.QA, Severity.LOW, "A typo.", "sam").number();
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));

        assertThat(alarms.of(release))
                .extracting(FalseAlarms.Alarm::called)
                .containsExactly("error-rate", "CheckoutSlow", "report " + number);
        alarms.mark(release, Source.METRIC, "error-rate", "Load test", "adam");
        alarms.mark(release, Source.REPORT, Long.toString(number), "It was meant so", "adam");

        assertThat(told())
                .contains("False alarm: error-rate: Load test", "False alarm: report " + number + ": It was meant so");
        assertThat(alarms.rates("checkout"))
                .containsExactly(
                        new FalseAlarms.Rate("checkout", Source.METRIC, "error-rate", 1, 1),
                        new FalseAlarms.Rate("checkout", Source.ALERT, "CheckoutSlow", 1, 0));
        assertThat(alarms.rates(null)).hasSize(2);
        assertThat(alarms.rates("search")).isEmpty();
        assertThatThrownBy(() -> alarms.mark(release, Source.METRIC, "error-rate", "Again", "adam"))
                .isInstanceOf(Refusal.Conflict.class);
        assertThatThrownBy(() -> alarms.mark(release, Source.ALERT, "error-rate", "x", "adam"))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("These did: error-rate, CheckoutSlow, report " + number + ".");
        assertThatThrownBy(() -> alarms.mark(release, Source.ALERT, "CheckoutSlow", " ", "adam"))
                .isInstanceOf(Refusal.BadInput.class)
                .hasMessageContaining("reason");
    }

    @Test
    void before_anyone_says_go_they_see_how_often_a_metric_was_wrong() {
        observed();
        source.says("errors of 1.1.0", 0.2);
        watch(Duration.ofSeconds(30));
        alarms.mark(release, Source.METRIC, "error-rate", "Load test", "adam");
        source.reset();
        answer("confirm-final-status", "erin", Map.of("finalStatus", "Rolled back."));

        opened(SampleRequest.of("checkout", "1.2.0").goingBackBy("Give 1.0.0 all traffic"));
        confirmReadiness();
        approve();
        toldEverybody();

        assertThat(briefing("decide-go"))
                .contains("| error-rate | at most 0.05 ratio |")
                .contains("| 1 of 1 (100 %) |");
    }

    private void ledgerIsObserved() {
        opened(requestFor("ledger"));
        confirmReadiness();
        approve();
        toldEverybody();
        sayGo();
        for (var step = 0; step < 3; step++) {
            stepPasses();
        }
        isIn(Phase.OBSERVATION);
    }

    private Effect report(String who, Severity severity, String text) {
        var effect = reports.report(release, Kind.QA, severity, text, who).effect();
        runDueJobs();
        return effect;
    }

    private Received receive(Alert... some) {
        var received = alerts.receive(List.of(some));
        runDueJobs();
        return received;
    }

    private Alert firing(String name, Map<String, String> labels) {
        var all = new HashMap<>(labels);
        all.put("alertname", name);
        return new Alert(true, "print of " + all, now(), all, "It hurts.");
    }
}
