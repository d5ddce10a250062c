package dev.slipway.prerelease.tests;

import java.util.List;
import org.springframework.data.repository.Repository;

/** Added, never changed. */
interface TestReportRepository extends Repository<TestReport, Long> {

    TestReport save(TestReport report);

    List<TestReport> findByReleaseNumberOrderById(long releaseNumber);
}
