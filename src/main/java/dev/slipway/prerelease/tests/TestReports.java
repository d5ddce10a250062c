package dev.slipway.prerelease.tests;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Evidence;
import dev.slipway.release.Evidences;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Requirement;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes the reports that pipelines send, and keeps what they say as evidence of PRE-3. */
@Service
public class TestReports {

    private static final int LONGEST_NAME = 100;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final TestReportRepository reports;
    private final Evidences evidences;
    private final TransactionTemplate transaction;
    private final Clock clock;

    TestReports(
            Releases releases,
            ServiceCatalog catalog,
            TestReportRepository reports,
            Evidences evidences,
            PlatformTransactionManager transactions,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.reports = reports;
        this.evidences = evidences;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
    }

    /**
     * A report that was kept.
     *
     * @param report  what it said
     * @param outcome PASSED, FAILED, or NOTED where it is coverage and the service states no minimum
     * @param summary the same in words
     */
    public record Kept(TestReport report, Evidence.Result outcome, String summary) {}

    /**
     * Reads a report to its end, keeps what it says, and attaches it as evidence. One of the same name and format takes
     * the earlier one's place in the judgement.
     *
     * @param body   the report as the tool wrote it, at most 50 MB
     * @param name   1 to 100 characters, as the service requires it; null for the format in words
     * @param commit 7 to 64 hexadecimal digits; null where it is not known
     * @param by     user id of who attaches it
     * @throws Refusal.NotFound where there is no such release
     * @throws Refusal.BadInput where name or commit can't be accepted, or the report is in no known format
     * @throws ReportTooLarge   where the report is larger
     * @throws IOException      where reading breaks off
     */
    public Kept attach(ReleaseId id, InputStream body, String name, String commit, String by) throws IOException {
        var release = releases.get(id);
        checkName(name);
        checkCommit(commit);
        // A slow sender must not hold a connection to the database.
        var said = ReportReader.read(body);
        return transaction.execute(status -> keep(release, said, name, commit, by));
    }

    /** @return of each name and format the latest, in the order in which they first came */
    List<TestReport> latest(ReleaseId id) {
        var latest = new LinkedHashMap<String, TestReport>();
        reports.findByReleaseNumberOrderById(id.number())
                .forEach(report -> latest.put(report.format() + " " + report.name(), report));
        return new ArrayList<>(latest.values());
    }

    private Kept keep(Release release, Report said, String name, String commit, String by) {
        var report = reports.save(TestReport.of(
                release.number(),
                name == null ? said.format().inWords() : name.strip(),
                said,
                commit == null ? null : commit.toLowerCase(Locale.ROOT),
                by,
                clock.instant()));
        var outcome = outcome(report, minimum(release));
        var summary = report.name() + ": " + Wording.of(report);
        evidences.attach(release.id(), Requirement.PRE_3.id(), outcome, summary, null, by);
        return new Kept(report, outcome, Wording.of(report));
    }

    private static Evidence.Result outcome(TestReport report, Double minimum) {
        if (!report.saysAnything()) {
            return Evidence.Result.FAILED;
        }
        if (report.format().reportsTests()) {
            return report.wentWrong() == 0 ? Evidence.Result.PASSED : Evidence.Result.FAILED;
        }
        if (minimum == null) {
            return Evidence.Result.NOTED;
        }
        return report.coverage() >= minimum ? Evidence.Result.PASSED : Evidence.Result.FAILED;
    }

    private Double minimum(Release release) {
        var tests = catalog.pinned(release.definitionId()).tests();
        return tests == null ? null : tests.minimumCoverage();
    }

    private static void checkName(String name) {
        if (name != null
                && (name.isBlank()
                        || name.length() > LONGEST_NAME
                        || !Texts.cut(name).equals(name.strip()))) {
            throw new Refusal.BadInput(
                    "name", "name must be 1 to 100 characters in one line, such as unit. Leave it out for the format.");
        }
    }

    private static void checkCommit(String commit) {
        if (commit != null && !COMMIT.matcher(commit).matches()) {
            throw new Refusal.BadInput(
                    "commit",
                    "commit must be the SHA of a commit, 7 to 64 hexadecimal digits. Leave it out if unknown.");
        }
    }
}
