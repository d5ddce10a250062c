package dev.slipway.prerelease;

import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Service;

/** For readers outside the process: what every collector found last. */
@Service
public class FoundEvidence {

    private final GatheredEvidence evidence;
    private final Releases releases;

    FoundEvidence(GatheredEvidence evidence, Releases releases) {
        this.evidence = evidence;
        this.releases = releases;
    }

    /**
     * What one collector found.
     *
     * @param broken  whether it could not look; then the summary says why, and nothing is known
     * @param staleAt from when on it looks again before anyone relies on it
     */
    public record Found(
            String collector, boolean broken, String summary, Instant at, Instant staleAt, List<Finding> findings) {}

    /** @throws dev.slipway.release.Refusal.NotFound where there is no such release */
    public List<Found> of(ReleaseId release) {
        releases.get(release);
        return evidence.collectors(release).stream()
                .flatMap(collector -> evidence.latest(release, collector).stream())
                .map(one -> new Found(
                        one.collector(), one.isBroken(), one.summary(), one.at(), one.staleAt(), one.findings()))
                .toList();
    }
}
