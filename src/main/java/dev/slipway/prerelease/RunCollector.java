package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.engine.Tries;
import dev.slipway.release.Release;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One task of <em>Collect evidence</em>: has its collector look, and keeps what it found. A collector that breaks is
 * tried again by the engine; after the last try people are told that it broke, and the release goes on to them.
 */
class RunCollector implements JavaDelegate {

    private static final Logger LOG = LoggerFactory.getLogger(RunCollector.class);

    private final Collector collector;
    private final GatheredEvidence evidence;
    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Tries tries;

    RunCollector(
            Collector collector, GatheredEvidence evidence, Releases releases, ServiceCatalog catalog, Tries tries) {
        this.collector = collector;
        this.evidence = evidence;
        this.releases = releases;
        this.catalog = catalog;
        this.tries = tries;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = releases.get(ReleaseVariables.releaseId(execution));
        var renewal = Boolean.TRUE.equals(execution.getVariable("renewal"));
        var known = evidence.latest(release.id(), collector.name());
        if (renewal && known.filter(evidence::isFresh).isPresent()) {
            return;
        }
        collect(release, execution);
    }

    private void collect(Release release, DelegateExecution execution) {
        var definition = catalog.pinned(release.definitionId());
        if (!collector.appliesTo(release, definition)) {
            return;
        }
        Collected collected;
        try {
            collected = collector.collect(release, definition);
        } catch (CollectorBroke broke) {
            if (!tries.isLast(execution)) {
                throw broke;
            }
            LOG.warn("{}: collector {} broke: {}", release.id(), collector.name(), broke.getMessage());
            evidence.keepBroken(release.id(), definition, collector.name(), broke.getMessage());
            return;
        } catch (RuntimeException unexpected) {
            if (!tries.isLast(execution)) {
                throw unexpected;
            }
            LOG.error("{}: collector {} broke", release.id(), collector.name(), unexpected);
            evidence.keepBroken(
                    release.id(),
                    definition,
                    collector.name(),
                    "The collector failed in a way nobody foresaw; the log of the server says more.");
            return;
        }
        evidence.keep(release.id(), definition, collector.name(), collected);
    }
}
