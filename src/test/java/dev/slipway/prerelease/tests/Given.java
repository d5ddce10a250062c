package dev.slipway.prerelease.tests;

import dev.slipway.catalog.SampleService;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Statuses;
import dev.slipway.release.Release;
import dev.slipway.release.SampleRelease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What tests of this package start from. */
final class Given {

    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    static final String RELEASED = "9f2c1e4d5b6a79880716253443526170a1b2c3d4";
    static final String OTHER = "0000000000000000000000000000000000000001";

    private Given() {}

    static ServiceDefinition.Tests asked(Double minimum, String... required) {
        return new ServiceDefinition.Tests(minimum, Duration.ofDays(7), List.of(required), null);
    }

    static TestReport tests(String name, long tests, long failed, long skipped) {
        return report(
                name,
                new Report.Tests(tests, failed, 0, skipped, 1, failed == 0 ? List.of() : List.of("PriceTest.rounds")),
                RELEASED,
                NOW);
    }

    static TestReport coverage(String name, long covered, long total) {
        return report(name, Report.Coverage.ofLines(ReportFormat.JACOCO, covered, total), RELEASED, NOW);
    }

    static TestReport report(String name, Report said, String commit, Instant at) {
        return TestReport.of(42, name, said, commit, "build-bot", at);
    }

    static CommitStatus status(String name, CommitStatus.State state, String said) {
        return new CommitStatus("GitHub", name, state, said, NOW, "https://github.com/acme/checkout/runs/1");
    }

    static ServiceDefinition service(ServiceDefinition.Tests tests) {
        return SampleService.called("checkout").with(tests).definition();
    }

    static Statuses github(String... checks) {
        return new Statuses(new ServiceDefinition.GitHubChecks("acme/checkout", List.of(checks)), null);
    }

    static Statuses gitlab(String... jobs) {
        return new Statuses(null, new ServiceDefinition.GitLabJobs("acme/shop/checkout", List.of(jobs)));
    }

    static Release release(String toRevision) {
        return SampleRelease.of("checkout", "1.5.0").revisions(null, toRevision).release();
    }
}
