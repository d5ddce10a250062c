package dev.slipway.engine;

import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Facts of the release that a gateway asks for and that are kept in Slipway's tables, not in variables. */
@InDiagrams
@Component
public class Facts {

    private final Releases releases;

    Facts(Releases releases) {
        this.releases = releases;
    }

    /** @return whether users may have met the new version already */
    public boolean rolloutBegun(DelegateExecution execution) {
        return releases.get(ReleaseVariables.releaseId(execution)).hasTraffic();
    }
}
