package dev.slipway.prerelease;

import dev.slipway.release.Blockers;
import dev.slipway.release.ReleaseId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the collectors found that only the right group may confirm, with a reason. */
@Component
class PreReleaseBlockers implements Blockers {

    private final GatheredEvidence evidence;

    PreReleaseBlockers(GatheredEvidence evidence) {
        this.evidence = evidence;
    }

    @Override
    public List<String> against(ReleaseId release, String task) {
        return ReadinessCheck.ALL.stream()
                .filter(check -> check.task().equals(task))
                .flatMap(check -> check.owns().stream())
                .flatMap(collector -> evidence.latest(release, collector).stream())
                .flatMap(gathered -> gathered.blocking().stream())
                .map(finding -> (finding.file() == null ? "" : finding.place() + ": ") + finding.what())
                .toList();
    }
}
