package dev.slipway.prerelease.tests;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Collector;
import dev.slipway.release.Release;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** PRE-3: finds out from reports and statuses whether the tests that the service asks for passed. */
@Component
class TestsCollector implements Collector {

    static final String TESTS_VERDICT = "testsVerdict";
    static final String COVERAGE = "coverage";
    static final String FAILED = "testsFailed";
    static final String TESTS = "testCount";

    private static final Duration USUAL_AGE = Duration.ofDays(7);
    private static final ServiceDefinition.Tests NOTHING_ASKED =
            new ServiceDefinition.Tests(null, USUAL_AGE, List.of(), null);

    private final TestReports reports;
    private final List<CommitStatuses> hosts;
    private final Clock clock;

    TestsCollector(TestReports reports, List<CommitStatuses> hosts, Clock clock) {
        this.reports = reports;
        this.hosts = hosts;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "tests";
    }

    /** Always: where a service asks for nothing, that is what people should know. */
    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return true;
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        var asked = definition.tests() == null ? NOTHING_ASKED : definition.tests();
        var judgement = TestsJudge.judge(
                asked,
                reports.latest(release.id()),
                statuses(asked.statuses(), release.toRevision()),
                release.toRevision(),
                clock.instant());
        return new Collected(summary(judgement), judgement.findings(), facts(judgement));
    }

    private List<CommitStatus> statuses(ServiceDefinition.Statuses asked, String revision) {
        if (asked == null) {
            return List.of();
        }
        return hosts.stream()
                .filter(host -> host.isAskedBy(asked))
                .flatMap(host -> (revision == null
                                ? CommitStatus.named(host.names(asked), host.host(), List.of())
                                : host.of(asked, revision))
                        .stream())
                .toList();
    }

    private static Map<String, Object> facts(TestsJudgement judgement) {
        var facts = new HashMap<String, Object>();
        facts.put(TESTS_VERDICT, judgement.verdict().name());
        facts.put(FAILED, whole(judgement.failed()));
        facts.put(TESTS, whole(judgement.tests()));
        if (judgement.coverage() != null) {
            // Rounded down: what is below a minimum must not reach it by rounding.
            facts.put(
                    COVERAGE,
                    BigDecimal.valueOf(judgement.coverage())
                            .setScale(2, RoundingMode.DOWN)
                            .doubleValue());
        }
        return facts;
    }

    private static int whole(long count) {
        return (int) Math.min(count, Integer.MAX_VALUE);
    }

    private static String summary(TestsJudgement judgement) {
        var counts = judgement.tests() == 0
                ? ""
                : " " + Wording.number(judgement.tests()) + " tests, " + Wording.number(judgement.failed())
                        + " of them failed.";
        var coverage = judgement.coverage() == null
                ? ""
                : " " + Wording.percent(judgement.coverage()) + " of lines are covered.";
        return inWords(judgement.verdict()) + counts + coverage;
    }

    private static String inWords(TestsVerdict verdict) {
        return switch (verdict) {
            case FAILED -> "The tests did not pass.";
            case MISSING -> "Not everything is known that must be known of the tests.";
            case STALE -> "Something that is known of the tests is out of date.";
            case UNSTATED -> "The service does not state what its tests must reach.";
            case PASSED -> "The tests passed, as the service asks for.";
        };
    }
}
