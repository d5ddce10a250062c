package dev.slipway.window;

import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Looks every second for reports that came before their release waited for them. */
@Component
class DeploymentReportSweeper {

    private final DeploymentReports reports;

    DeploymentReportSweeper(DeploymentReports reports) {
        this.reports = reports;
    }

    @Scheduled(fixedDelay = 1, timeUnit = TimeUnit.SECONDS)
    void sweep() {
        reports.sweep();
    }
}
