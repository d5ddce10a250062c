package dev.slipway.engine;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.springframework.stereotype.Component;

/** The service definition as it was when the release opened. */
@Component
class PinnedDefinition {

    private final Releases releases;
    private final ServiceCatalog catalog;

    PinnedDefinition(Releases releases, ServiceCatalog catalog) {
        this.releases = releases;
        this.catalog = catalog;
    }

    ServiceDefinition of(VariableScope scope) {
        return catalog.pinned(releases.get(ReleaseVariables.releaseId(scope)).definitionId());
    }
}
