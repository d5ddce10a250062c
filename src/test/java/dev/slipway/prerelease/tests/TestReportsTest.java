package dev.slipway.prerelease.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.ColumnNames;
import dev.slipway.release.Evidence;
import dev.slipway.release.EvidenceAttached;
import dev.slipway.release.EvidenceRepository;
import dev.slipway.release.Evidences;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.SampleRequest;
import dev.slipway.release.Timeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.data.jdbc.DataJdbcTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.event.ApplicationEvents;
import org.springframework.test.context.event.RecordApplicationEvents;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Reports on a database in memory, and what the collector makes of them. */
@DataJdbcTest
@RecordApplicationEvents
@Transactional(propagation = Propagation.NOT_SUPPORTED)
@Import({
    ColumnNames.class,
    Releases.class,
    Timeline.class,
    Evidences.class,
    TestReports.class,
    TestReportsTest.Edges.class
})
class TestReportsTest {

    private static final String GOOD = "<testsuite><testcase name=\"a\"/><testcase name=\"b\"/></testsuite>";
    private static final String BAD =
            "<testsuite><testcase name=\"a\"/><testcase name=\"b\"><failure/></testcase></testsuite>";
    private static final String LCOV = "SF:a\nLF:10\nLH:%d\nend_of_record\n";

    @Autowired
    Releases releases;

    @Autowired
    EvidenceRepository evidence;

    @Autowired
    TestReports reports;

    @Autowired
    TestReportRepository stored;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    ApplicationEvents events;

    @MockitoBean
    ServiceCatalog catalog;

    private static int services;

    private Release release;

    @BeforeEach
    void a_release() {
        asks(Given.asked(80.0, "unit"));
        var service = "service-" + ++services;
        jdbc.sql("insert into service_definition (service, digest, text, pinned_at) values (?, ?, ?, ?)")
                .params(service, service, service, Given.NOW.atOffset(ZoneOffset.UTC))
                .update();
        var pinned = jdbc.sql("select id from service_definition where digest = ?")
                .param(service)
                .query(Long.class)
                .single();
        release = releases.open(
                SampleRequest.of(service, "1.5.0").upTo(Given.RELEASED).request(), pinned, "1.4.2");
    }

    @Test
    void a_report_is_kept_with_its_numbers_and_becomes_evidence() throws IOException {
        var kept = attach(BAD, "unit", Given.RELEASED.toUpperCase(java.util.Locale.ROOT));

        assertThat(kept.outcome()).isEqualTo(Evidence.Result.FAILED);
        assertThat(kept.summary()).isEqualTo("2 tests, 1 failed, 0 skipped");
        assertThat(stored.findByReleaseNumberOrderById(release.number()))
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.name()).isEqualTo("unit");
                    assertThat(report.format()).isEqualTo(ReportFormat.JUNIT);
                    assertThat(report.tests()).isEqualTo(2);
                    assertThat(report.failed()).isEqualTo(1);
                    assertThat(report.failingNames()).containsExactly("b");
                    assertThat(report.commitId()).isEqualTo(Given.RELEASED);
                    assertThat(report.actor()).isEqualTo("build-bot");
                    assertThat(report.at()).isEqualTo(Given.NOW);
                });
        assertThat(evidence.findByReleaseNumberOrderById(release.number()))
                .extracting(Evidence::requirement, Evidence::outcome, Evidence::summary, Evidence::actor)
                .containsExactly(
                        tuple("PRE-3", Evidence.Result.FAILED, "unit: 2 tests, 1 failed, 0 skipped", "build-bot"));
        assertThat(events.stream(EvidenceAttached.class)).containsExactly(new EvidenceAttached(release.id(), "PRE-3"));
    }

    @Test
    void coverage_passes_or_fails_by_the_minimum_and_is_noted_where_there_is_none() throws IOException {
        assertThat(attach(LCOV.formatted(8), null, null))
                .extracting(TestReports.Kept::outcome, TestReports.Kept::summary)
                .containsExactly(Evidence.Result.PASSED, "80.0 % of 10 lines covered");
        assertThat(attach(LCOV.formatted(7), null, null).outcome()).isEqualTo(Evidence.Result.FAILED);
        asks(Given.asked(null));
        assertThat(attach(LCOV.formatted(7), null, null).outcome()).isEqualTo(Evidence.Result.NOTED);
        asks(null);
        assertThat(attach(LCOV.formatted(7), null, null).outcome()).isEqualTo(Evidence.Result.NOTED);
    }

    @Test
    void a_report_without_a_test_is_no_pass() throws IOException {
        var kept = attach("<testsuites/>", "unit", null);

        assertThat(kept.outcome()).isEqualTo(Evidence.Result.FAILED);
        assertThat(kept.summary()).isEqualTo("0 tests, 0 failed, 0 skipped: no test ran");
        assertThat(collected().facts()).containsEntry("testsVerdict", "MISSING");
    }

    @Test
    void the_latest_of_a_name_and_format_counts_and_nothing_is_deleted() throws IOException {
        attach(BAD, "unit", null);
        attach(LCOV.formatted(9), "unit", null);
        attach(BAD, "e2e", null);
        assertThat(collected().facts()).containsEntry("testsVerdict", "FAILED").containsEntry("testsFailed", 2);

        attach(GOOD, "unit", null);
        attach(GOOD, "e2e", null);

        assertThat(reports.latest(release.id()))
                .extracting(TestReport::name, TestReport::format, TestReport::failed)
                .containsExactly(
                        tuple("unit", ReportFormat.JUNIT, 0L),
                        tuple("unit", ReportFormat.LCOV, null),
                        tuple("e2e", ReportFormat.JUNIT, 0L));
        assertThat(stored.findByReleaseNumberOrderById(release.number())).hasSize(5);
        var collected = collected();
        assertThat(collected.facts())
                .containsEntry("testsVerdict", "PASSED")
                .containsEntry("coverage", 90.0)
                .containsEntry("testsFailed", 0)
                .containsEntry("testCount", 4);
        assertThat(collected.summary())
                .isEqualTo("The tests passed, as the service asks for. 4 tests, 0 of them failed."
                        + " 90.0 % of lines are covered.");
    }

    @Test
    void without_any_report_there_is_no_coverage_to_decide_on() {
        assertThat(collected().facts())
                .containsEntry("testsVerdict", "MISSING")
                .containsEntry("testCount", 0)
                .doesNotContainKey("coverage");
        asks(null);
        assertThat(collected().facts()).containsEntry("testsVerdict", "UNSTATED");
    }

    @Test
    void without_a_revision_no_host_is_asked_and_its_checks_are_missing() {
        var asked = new ServiceDefinition.Tests(80.0, Duration.ofDays(7), List.of(), Given.github("build"));

        var collected = new TestsCollector(reports, List.of(new NeverAsked()), clock())
                .collect(Given.release(null), Given.service(asked));

        assertThat(collected.findings())
                .filteredOn(finding -> finding.kind().equals("missing-status"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.what()).isEqualTo("build on GitHub has no status.");
                    assertThat(finding.why()).contains("no toRevision");
                });
    }

    @Test
    void a_name_is_the_format_where_none_is_given() throws IOException {
        attach(GOOD, null, null);

        assertThat(reports.latest(release.id())).extracting(TestReport::name).containsExactly("JUnit XML");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "two\nlines"})
    void a_name_is_one_line(String name) {
        refused(name, null, "name");
        refused("x".repeat(101), null, "name");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main",
                "12345",
                "12345g7",
                "00000000000000000000000000000000000000000000000000000000000000000"
            })
    void a_commit_is_a_sha(String commit) {
        refused(null, commit, "commit");
    }

    @Test
    void a_release_that_does_not_exist_is_not_found() {
        assertThatThrownBy(() -> reports.attach(new ReleaseId(999_999), in(GOOD), null, null, "build-bot"))
                .isInstanceOf(Refusal.NotFound.class);
    }

    private void refused(String name, String commit, String field) {
        assertThatThrownBy(() -> attach(GOOD, name, commit))
                .isInstanceOfSatisfying(
                        Refusal.BadInput.class,
                        refusal -> assertThat(refusal.field()).isEqualTo(field));
        assertThat(stored.findByReleaseNumberOrderById(release.number())).isEmpty();
    }

    private TestReports.Kept attach(String report, String name, String commit) throws IOException {
        return reports.attach(release.id(), in(report), name, commit, "build-bot");
    }

    private dev.slipway.prerelease.Collected collected() {
        var collector = new TestsCollector(reports, List.of(new NeverAsked()), clock());
        var definition = catalog.pinned(release.definitionId());
        assertThat(collector.appliesTo(release, definition)).isTrue();
        assertThat(collector.name()).isEqualTo("tests");
        return collector.collect(release, definition);
    }

    private void asks(ServiceDefinition.Tests tests) {
        given(catalog.pinned(anyLong())).willReturn(Given.service(tests));
    }

    private static ByteArrayInputStream in(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Clock clock() {
        return Clock.fixed(Given.NOW, ZoneOffset.UTC);
    }

    private static final class NeverAsked implements CommitStatuses {

        @Override
        public String host() {
            return "GitHub";
        }

        @Override
        public boolean isAskedBy(ServiceDefinition.Statuses statuses) {
            return statuses.github() != null;
        }

        @Override
        public List<String> names(ServiceDefinition.Statuses statuses) {
            return statuses.github().checks();
        }

        @Override
        public List<CommitStatus> of(ServiceDefinition.Statuses statuses, String revision) {
            throw new AssertionError("asked about " + revision);
        }
    }

    @TestConfiguration
    static class Edges {

        @Bean
        Clock fixedClock() {
            return clock();
        }
    }
}
