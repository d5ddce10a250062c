package dev.slipway.prerelease.tests;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;

/**
 * A report that was attached to a release.
 *
 * @param id            null until stored
 * @param releaseNumber the release that it belongs to
 * @param name          such as {@code unit}, or the format in words
 * @param format        what it was written in
 * @param tests         how many tests there were; null where it reports coverage, as all counts of tests
 * @param failed        how many found something wrong
 * @param errors        how many broke
 * @param skipped       how many did not run
 * @param seconds       how long they took in all; 0 where the report does not say
 * @param failing       names of the first that failed or broke, one a line; null where none did
 * @param linesCovered  how many lines ran; null where it reports tests or only a rate, as {@code linesTotal}
 * @param linesTotal    how many lines were measured
 * @param coverage      percentage of lines, 0 to 100; null where it reports tests or no line was measured
 * @param commitId      what was measured, in lower case; null where nobody said
 * @param actor         user id of who attached it
 * @param at            when
 */
public record TestReport(
        @Id Long id,
        long releaseNumber,
        String name,
        ReportFormat format,
        Long tests,
        Long failed,
        Long errors,
        Long skipped,
        Double seconds,
        String failing,
        Long linesCovered,
        Long linesTotal,
        Double coverage,
        String commitId,
        String actor,
        Instant at) {

    /** @return what was said in a report, not stored yet */
    static TestReport of(long releaseNumber, String name, Report said, String commitId, String actor, Instant at) {
        if (said instanceof Report.Tests tests) {
            return new TestReport(
                    null,
                    releaseNumber,
                    name,
                    tests.format(),
                    tests.tests(),
                    tests.failed(),
                    tests.errors(),
                    tests.skipped(),
                    tests.seconds(),
                    tests.failing().isEmpty() ? null : String.join("\n", tests.failing()),
                    null,
                    null,
                    null,
                    commitId,
                    actor,
                    at);
        }
        var coverage = (Report.Coverage) said;
        return new TestReport(
                null,
                releaseNumber,
                name,
                coverage.format(),
                null,
                null,
                null,
                null,
                null,
                null,
                coverage.linesCovered(),
                coverage.linesTotal(),
                coverage.percent(),
                commitId,
                actor,
                at);
    }

    /** @return the first names of tests that failed or broke; empty where none did */
    public List<String> failingNames() {
        return failing == null ? List.of() : failing.lines().toList();
    }

    /** @return how many tests failed or broke; 0 where it reports coverage */
    long wentWrong() {
        return tests == null ? 0 : failed + errors;
    }

    /** @return whether a test ran, or a line was measured */
    boolean saysAnything() {
        return format.reportsTests() ? tests - skipped > 0 || wentWrong() > 0 : coverage != null;
    }
}
