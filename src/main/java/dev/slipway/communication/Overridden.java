package dev.slipway.communication;

import dev.slipway.release.Evidence;
import dev.slipway.release.EvidenceRepository;
import dev.slipway.release.ReleaseId;
import java.util.List;
import org.springframework.stereotype.Component;

/** What somebody confirmed against what a machine found: whoever is told of the release should know. */
@Component
class Overridden {

    private static final String REASON = "OverrideReason";

    private final EvidenceRepository evidence;

    Overridden(EvidenceRepository evidence) {
        this.evidence = evidence;
    }

    /** @return a line each, with the reason and who gave it; empty where nothing was overridden */
    List<String> of(ReleaseId release) {
        return evidence.findByReleaseNumberOrderById(release.number()).stream()
                .filter(one -> one.outcome() == Evidence.Result.OVERRIDDEN)
                .filter(one -> one.field() != null && one.field().endsWith(REASON))
                .map(one -> one.requirement() + ": " + one.answer().strip() + " (" + one.actor() + ")")
                .toList();
    }
}
