package dev.slipway.prerelease.tests;

import static dev.slipway.prerelease.tests.Given.NOW;
import static dev.slipway.prerelease.tests.Given.OTHER;
import static dev.slipway.prerelease.tests.Given.RELEASED;
import static dev.slipway.prerelease.tests.Given.asked;
import static dev.slipway.prerelease.tests.Given.coverage;
import static dev.slipway.prerelease.tests.Given.report;
import static dev.slipway.prerelease.tests.Given.status;
import static dev.slipway.prerelease.tests.Given.tests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TestsJudgeTest {

    private static final ServiceDefinition.Tests ASKED = asked(80.0, "unit");

    @Test
    void all_that_is_asked_for_is_there_and_good() {
        var judgement = judge(ASKED, List.of(tests("unit", 412, 0, 3), coverage("unit", 4168, 5120)));

        assertThat(judgement.verdict()).isEqualTo(TestsVerdict.PASSED);
        assertThat(judgement.coverage()).isEqualTo(81.40625);
        assertThat(judgement.tests()).isEqualTo(412);
        assertThat(judgement.findings()).extracting(Finding::severity).containsOnly(Severity.NOTE);
        assertThat(judgement.findings())
                .extracting(Finding::what)
                .containsExactly("unit: 412 tests, 0 failed, 3 skipped.", "81.4 % of lines are covered.");
    }

    @Test
    void a_failed_test_blocks_and_is_named_also_where_its_report_is_not_required() {
        var judgement =
                judge(ASKED, List.of(tests("unit", 412, 0, 3), tests("e2e", 9, 2, 0), coverage("unit", 90, 100)));

        assertThat(judgement.verdict()).isEqualTo(TestsVerdict.FAILED);
        assertThat(judgement.failed()).isEqualTo(2);
        var worst = judgement.findings().get(0);
        assertThat(worst.severity()).isEqualTo(Severity.BLOCKING);
        assertThat(worst.what()).isEqualTo("e2e: 9 tests, 2 failed, 0 skipped.");
        assertThat(worst.advice()).contains("PriceTest.rounds");
        assertThat(worst.question()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"79999, FAILED", "80000, PASSED", "57000, FAILED"})
    void coverage_is_not_rounded_up_to_its_minimum(long covered, TestsVerdict verdict) {
        var judgement = judge(ASKED, List.of(tests("unit", 1, 0, 0), coverage("unit", covered, 100_000)));

        assertThat(judgement.verdict()).isEqualTo(verdict);
    }

    @Test
    void just_below_the_minimum_reads_as_below() {
        var judgement = judge(ASKED, List.of(tests("unit", 1, 0, 0), coverage("unit", 79_999, 100_000)));

        assertThat(judgement.findings().get(0).severity()).isEqualTo(Severity.BLOCKING);
        assertThat(judgement.findings().get(0).what()).isEqualTo("79.9 % of lines are covered, less than 80 %.");
    }

    @Test
    void coverage_of_modules_is_added_up_and_of_rates_the_lowest_counts() {
        var modules = judge(ASKED, List.of(tests("unit", 1, 0, 0), coverage("a", 90, 100), coverage("b", 400, 500)));
        var rates = judge(
                ASKED,
                List.of(
                        tests("unit", 1, 0, 0),
                        coverage("a", 90, 100),
                        report("b", Report.Coverage.ofRate(ReportFormat.COBERTURA, 0.7), RELEASED, NOW)));

        assertThat(modules.coverage()).isEqualTo(490.0 / 6, org.assertj.core.data.Offset.offset(1e-9));
        assertThat(rates.coverage()).isEqualTo(70);
        assertThat(rates.verdict()).isEqualTo(TestsVerdict.FAILED);
    }

    @Test
    void what_is_not_there_is_asked_about() {
        var judgement = judge(ASKED, List.of());

        assertThat(judgement.verdict()).isEqualTo(TestsVerdict.MISSING);
        assertThat(judgement.coverage()).isNull();
        assertThat(judgement.findings()).extracting(Finding::severity).containsOnly(Severity.ASK);
        assertThat(judgement.findings())
                .extracting(Finding::what)
                .containsExactly("There is no test report unit.", "There is no report of the coverage.");
    }

    @Test
    void a_report_of_coverage_is_no_report_of_tests() {
        assertThat(judge(ASKED, List.of(coverage("unit", 90, 100))).verdict()).isEqualTo(TestsVerdict.MISSING);
    }

    @Test
    void a_report_without_a_test_that_ran_is_no_pass() {
        assertThat(judge(ASKED, List.of(tests("unit", 0, 0, 0), coverage("unit", 90, 100)))
                        .verdict())
                .isEqualTo(TestsVerdict.MISSING);
        var skipped = judge(ASKED, List.of(tests("unit", 5, 0, 5), coverage("unit", 90, 100)));
        assertThat(skipped.verdict()).isEqualTo(TestsVerdict.MISSING);
        assertThat(skipped.findings().get(0).what()).isEqualTo("unit: 5 tests, 0 failed, 5 skipped: no test ran.");
        assertThat(judge(ASKED, List.of(tests("unit", 5, 0, 0), coverage("unit", 0, 0)))
                        .verdict())
                .isEqualTo(TestsVerdict.MISSING);
    }

    @Test
    void what_is_too_old_is_stale_and_does_not_count() {
        var old = NOW.minus(Duration.ofDays(8));
        var judgement = judge(
                ASKED,
                List.of(
                        report("unit", new Report.Tests(5, 1, 0, 0, 1, List.of("x")), RELEASED, old),
                        report("unit", Report.Coverage.ofLines(ReportFormat.LCOV, 1, 100), null, old)));

        assertThat(judgement.verdict()).isEqualTo(TestsVerdict.STALE);
        assertThat(judgement.coverage()).isNull();
        assertThat(judgement.tests()).isZero();
        assertThat(judgement.findings()).extracting(Finding::severity).containsOnly(Severity.ASK);
        assertThat(judgement.findings().get(0).what())
                .isEqualTo("unit (JUnit XML) is of 2026-11-16, older than 7 days.");
    }

    @Test
    void the_age_that_the_service_states_counts() {
        var asked = new ServiceDefinition.Tests(80.0, Duration.ofHours(1), List.of("unit"), null);
        var reports = List.of(
                report("unit", new Report.Tests(5, 0, 0, 0, 1, List.of()), null, NOW.minus(Duration.ofHours(1))),
                coverage("unit", 90, 100));

        assertThat(judge(asked, reports).verdict()).isEqualTo(TestsVerdict.PASSED);
        assertThat(TestsJudge.judge(asked, reports, List.of(), RELEASED, NOW.plusSeconds(1))
                        .verdict())
                .isEqualTo(TestsVerdict.STALE);
    }

    @Test
    void what_was_measured_at_another_commit_is_stale_where_both_are_known_in_full() {
        var reports = List.of(
                report("unit", new Report.Tests(5, 0, 0, 0, 1, List.of()), OTHER, NOW), coverage("unit", 90, 100));

        var judgement = judge(ASKED, reports);
        assertThat(judgement.verdict()).isEqualTo(TestsVerdict.STALE);
        assertThat(judgement.findings().get(0).what())
                .isEqualTo("unit (JUnit XML) was measured at 0000000, and 9f2c1e4 is released.");
        assertThat(TestsJudge.judge(ASKED, reports, List.of(), "v1.5.0", NOW).verdict())
                .isEqualTo(TestsVerdict.PASSED);
        assertThat(TestsJudge.judge(ASKED, reports, List.of(), null, NOW).verdict())
                .isEqualTo(TestsVerdict.PASSED);
        assertThat(judge(
                                ASKED,
                                List.of(
                                        report("unit", new Report.Tests(5, 0, 0, 0, 1, List.of()), "0000000", NOW),
                                        coverage("unit", 90, 100)))
                        .verdict())
                .isEqualTo(TestsVerdict.PASSED);
    }

    @Test
    void who_states_nothing_gets_no_pass() {
        var good = List.of(tests("unit", 5, 0, 0), coverage("unit", 90, 100));

        assertThat(judge(asked(null), good).verdict()).isEqualTo(TestsVerdict.UNSTATED);
        assertThat(judge(asked(null, "unit"), good).verdict()).isEqualTo(TestsVerdict.UNSTATED);
        assertThat(judge(asked(80.0), good).verdict()).isEqualTo(TestsVerdict.PASSED);
        assertThat(judge(asked(80.0), List.of(coverage("unit", 90, 100))).verdict())
                .isEqualTo(TestsVerdict.UNSTATED);
        assertThat(judge(asked(null), good).findings())
                .filteredOn(finding -> finding.severity() == Severity.ASK)
                .extracting(Finding::kind)
                .containsExactly("no-minimum-coverage");
        assertThat(judge(asked(null), List.of(tests("unit", 5, 1, 0))).verdict())
                .isEqualTo(TestsVerdict.FAILED);
    }

    @ParameterizedTest
    @EnumSource(CommitStatus.State.class)
    void every_state_of_a_status_has_its_meaning(CommitStatus.State state) {
        var asked = new ServiceDefinition.Tests(80.0, Duration.ofDays(7), List.of(), Given.github("build"));
        var judgement = TestsJudge.judge(
                asked, List.of(coverage("unit", 90, 100)), List.of(status("build", state, "word")), RELEASED, NOW);

        var verdict = switch (state) {
            case PASSED -> TestsVerdict.PASSED;
            case FAILED -> TestsVerdict.FAILED;
            case STALE -> TestsVerdict.STALE;
            case MISSING, CANCELLED, WITHOUT_VERDICT, NOT_FINISHED -> TestsVerdict.MISSING;
        };
        assertThat(judgement.verdict()).isEqualTo(verdict);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.kind().contains("status"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.link()).startsWith("https://github.com/");
                    assertThat(finding.what()).startsWith("build on GitHub ");
                });
    }

    @Test
    void a_status_that_is_too_old_is_stale() {
        var asked = new ServiceDefinition.Tests(80.0, Duration.ofDays(7), List.of(), Given.github("build"));
        var old = new CommitStatus(
                "GitHub", "build", CommitStatus.State.PASSED, "success", NOW.minus(Duration.ofDays(8)), null);

        assertThat(TestsJudge.judge(asked, List.of(coverage("u", 90, 100)), List.of(old), RELEASED, NOW)
                        .verdict())
                .isEqualTo(TestsVerdict.STALE);
    }

    private static TestsJudgement judge(ServiceDefinition.Tests asked, List<TestReport> reports) {
        return TestsJudge.judge(asked, reports, List.of(), RELEASED, NOW);
    }
}
