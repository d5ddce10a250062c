package dev.slipway.window;

import dev.slipway.release.ReleaseId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What Flagger last said of a release, for the deployer that follows it. */
@Component
public class FlaggerReports {

    private final FlaggerReportRepository reports;

    FlaggerReports(FlaggerReportRepository reports) {
        this.reports = reports;
    }

    /**
     * @param release the release's id
     * @return empty where Flagger was not told yet that it may begin
     */
    public Optional<FlaggerReport> of(String release) {
        return reports.findById(ReleaseId.of(release).number());
    }
}
