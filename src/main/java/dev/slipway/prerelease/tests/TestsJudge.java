package dev.slipway.prerelease.tests;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.Finding.Severity;
import dev.slipway.prerelease.tests.TestsJudgement.Part;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** Judges the latest reports and statuses of one release by what its service asks for. Asks nobody. */
final class TestsJudge {

    private static final Pattern FULL_SHA = Pattern.compile("([0-9a-fA-F]{40}|[0-9a-fA-F]{64})");
    private static final int SHORT_SHA = 7;

    private final ServiceDefinition.Tests asked;
    private final String revision;
    private final Instant now;
    private final List<Part> parts = new ArrayList<>();

    private TestsJudge(ServiceDefinition.Tests asked, String revision, Instant now) {
        this.asked = asked;
        this.revision = revision;
        this.now = now;
    }

    /**
     * @param asked    what the service asks for
     * @param reports  of each name and format the latest
     * @param statuses at least one for each name that the service asks for
     * @param revision what is released; null where nobody said
     */
    static TestsJudgement judge(
            ServiceDefinition.Tests asked,
            List<TestReport> reports,
            List<CommitStatus> statuses,
            String revision,
            Instant now) {
        return new TestsJudge(asked, revision, now).judge(reports, statuses);
    }

    private TestsJudgement judge(List<TestReport> reports, List<CommitStatus> statuses) {
        var tests = reports.stream()
                .filter(report -> report.format().reportsTests())
                .toList();
        var coverages = reports.stream()
                .filter(report -> !report.format().reportsTests())
                .toList();
        tests.forEach(this::judgeTests);
        coverages.forEach(this::judgeWhetherItCounts);
        judgeWhatIsRequired(tests, statuses);
        var coverage = coverage(coverages.stream().filter(this::counts).toList());
        judgeCoverage(coverage, coverages);
        statuses.forEach(this::judgeStatus);
        var counted = tests.stream().filter(this::counts).toList();
        return new TestsJudgement(
                parts,
                coverage,
                counted.stream().mapToLong(TestReport::tests).sum(),
                counted.stream().mapToLong(TestReport::wentWrong).sum());
    }

    private boolean counts(TestReport report) {
        return report.saysAnything() && staleness(report) == null;
    }

    private void judgeTests(TestReport report) {
        if (!counts(report)) {
            judgeWhetherItCounts(report);
        } else if (report.wentWrong() > 0) {
            add(
                    TestsVerdict.FAILED,
                    "failed-tests",
                    Severity.BLOCKING,
                    report.name() + ": " + Wording.of(report) + ".",
                    "What a test found before the release, users would find after it.",
                    "Why may it be released all the same?",
                    report.failing() == null ? null : "First to fail:\n" + report.failing(),
                    null);
        } else {
            note("tests", report.name() + ": " + Wording.of(report) + ".", "These tests passed.");
        }
    }

    private void judgeWhetherItCounts(TestReport report) {
        if (!report.saysAnything()) {
            add(
                    TestsVerdict.MISSING,
                    "empty-report",
                    Severity.ASK,
                    report.name() + ": " + Wording.of(report) + ".",
                    "A report without anything in it says nothing.",
                    "Why is the report empty?",
                    "Look whether the pipeline sends the right file.",
                    null);
        } else if (staleness(report) != null) {
            add(
                    TestsVerdict.STALE,
                    "stale-report",
                    Severity.ASK,
                    report.name() + " (" + report.format().inWords() + ") " + staleness(report) + ".",
                    "What is released may not be what was tested.",
                    "Does the report hold for what is released?",
                    "Run the tests at the commit that is released, and send the report again.",
                    null);
        }
    }

    private void judgeWhatIsRequired(List<TestReport> tests, List<CommitStatus> statuses) {
        for (var name : asked.required()) {
            if (tests.stream().noneMatch(report -> report.name().equals(name))) {
                add(
                        TestsVerdict.MISSING,
                        "missing-report",
                        Severity.ASK,
                        "There is no test report " + name + ".",
                        "The service requires it.",
                        "Did these tests pass?",
                        "Send the report as " + name + ".",
                        null);
            }
        }
        if (asked.required().isEmpty() && statuses.isEmpty() && tests.stream().noneMatch(this::counts)) {
            add(
                    TestsVerdict.UNSTATED,
                    "nothing-required",
                    Severity.ASK,
                    "There is no test report, and the service requires none and no status of a commit.",
                    "Nobody notices when tests stop running.",
                    "Which tests must pass for this release, and did they?",
                    "State tests.required or tests.statuses in the service file.",
                    null);
        }
    }

    private void judgeCoverage(Double coverage, List<TestReport> reports) {
        var minimum = asked.minimumCoverage();
        if (minimum == null) {
            add(
                    TestsVerdict.UNSTATED,
                    "no-minimum-coverage",
                    Severity.ASK,
                    "The service states no minimum coverage"
                            + (coverage == null ? "." : "; it is " + Wording.percent(coverage) + " of lines."),
                    "Whether it is enough has to be said for this release.",
                    "Which coverage does this release need, and does it reach it?",
                    "State tests.minimumCoverage in the service file.",
                    null);
        } else if (coverage == null && reports.isEmpty()) {
            add(
                    TestsVerdict.MISSING,
                    "missing-coverage",
                    Severity.ASK,
                    "There is no report of the coverage.",
                    "The service asks for at least " + plain(minimum) + " % of lines.",
                    "How much is covered?",
                    "Send a report of JaCoCo, Cobertura or LCOV.",
                    null);
        } else if (coverage != null && coverage < minimum) {
            add(
                    TestsVerdict.FAILED,
                    "coverage-below-minimum",
                    Severity.BLOCKING,
                    Wording.percent(coverage) + " of lines are covered, less than " + plain(minimum) + " %.",
                    "The service asks for at least " + plain(minimum) + " %.",
                    "Why is less enough for this release?",
                    null,
                    null);
        } else if (coverage != null) {
            note(
                    "coverage",
                    Wording.percent(coverage) + " of lines are covered.",
                    "The service asks for at least " + plain(minimum) + " %.");
        }
    }

    /**
     * Covered lines by lines of all reports together. Where two report on the same lines that is never above what really
     * ran; where one tells only its rate, the lowest of all counts for the same reason.
     */
    private static Double coverage(List<TestReport> counted) {
        if (counted.isEmpty()) {
            return null;
        }
        if (counted.stream().map(TestReport::linesTotal).anyMatch(Objects::isNull)) {
            return counted.stream().mapToDouble(TestReport::coverage).min().getAsDouble();
        }
        var covered = counted.stream().mapToLong(TestReport::linesCovered).sum();
        return 100.0
                * covered
                / counted.stream().mapToLong(TestReport::linesTotal).sum();
    }

    private void judgeStatus(CommitStatus status) {
        var about = status.name() + " on " + status.host();
        var isOld = status.at() != null && isOld(status.at());
        switch (status.state()) {
            case FAILED ->
                add(
                        TestsVerdict.FAILED,
                        "failed-status",
                        Severity.BLOCKING,
                        about + " failed (" + status.said() + ").",
                        "The service requires it.",
                        "Why may it be released all the same?",
                        null,
                        status.link());
            case STALE -> addStale(about + " was given up (" + status.said() + ").", status);
            case MISSING -> addMissing(about + " has no status.", whyMissing(), status);
            case CANCELLED ->
                addMissing(about + " was cancelled (" + status.said() + ").", "It ended before it knew.", status);
            case WITHOUT_VERDICT ->
                addMissing(about + " ended without a verdict (" + status.said() + ").", "It passed nothing.", status);
            case NOT_FINISHED ->
                addMissing(about + " is not finished (" + status.said() + ").", "How it ends is not known.", status);
            case PASSED -> {
                if (isOld) {
                    addStale(about + " " + older(status.at()) + ".", status);
                } else {
                    parts.add(new Part(
                            TestsVerdict.PASSED,
                            new Finding(
                                    "status",
                                    Severity.NOTE,
                                    null,
                                    null,
                                    about + " succeeded.",
                                    "The service requires it.",
                                    null,
                                    null,
                                    status.link())));
                }
            }
        }
    }

    private String whyMissing() {
        return revision == null
                ? "The release names no toRevision, so that no commit can be asked about."
                : "Nothing of that name ran at " + revision + ".";
    }

    private void addMissing(String what, String why, CommitStatus status) {
        add(
                TestsVerdict.MISSING,
                "missing-status",
                Severity.ASK,
                what,
                why,
                "Did it pass?",
                "Wait for it, or run it again.",
                status.link());
    }

    private void addStale(String what, CommitStatus status) {
        add(
                TestsVerdict.STALE,
                "stale-status",
                Severity.ASK,
                what,
                "What it ran on may have changed since.",
                "Does it still hold?",
                "Run it again.",
                status.link());
    }

    private void note(String kind, String what, String why) {
        parts.add(new Part(
                TestsVerdict.PASSED, new Finding(kind, Severity.NOTE, null, null, what, why, null, null, null)));
    }

    private void add(
            TestsVerdict verdict,
            String kind,
            Severity severity,
            String what,
            String why,
            String question,
            String advice,
            String link) {
        parts.add(new Part(verdict, new Finding(kind, severity, null, null, what, why, question, advice, link)));
    }

    /** @return what makes it stale, to be put after its name; null where it is fresh */
    private String staleness(TestReport report) {
        if (isOld(report.at())) {
            return older(report.at());
        }
        var commit = report.commitId();
        var differs = commit != null
                && revision != null
                && FULL_SHA.matcher(commit).matches()
                && FULL_SHA.matcher(revision).matches()
                && !commit.equalsIgnoreCase(revision);
        return differs
                ? "was measured at " + commit.substring(0, SHORT_SHA) + ", and " + revision.substring(0, SHORT_SHA)
                        + " is released"
                : null;
    }

    private boolean isOld(Instant at) {
        return at.isBefore(now.minus(asked.maximumAge()));
    }

    private String older(Instant at) {
        return "is of " + at.atOffset(ZoneOffset.UTC).toLocalDate() + ", older than " + Wording.age(asked.maximumAge());
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
