package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.engine.Tries;
import dev.slipway.release.Releases;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The tasks of <em>Collect evidence</em>, named as the diagram names them, each with its collector. */
@Configuration(proxyBeanMethods = false)
class CollectorTasks {

    private final List<Collector> collectors;
    private final GatheredEvidence evidence;
    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Tries tries;

    CollectorTasks(
            List<Collector> collectors,
            GatheredEvidence evidence,
            Releases releases,
            ServiceCatalog catalog,
            Tries tries) {
        this.collectors = collectors;
        this.evidence = evidence;
        this.releases = releases;
        this.catalog = catalog;
        this.tries = tries;
    }

    @Bean
    RunCollector collectScope() {
        return run("scope");
    }

    @Bean
    RunCollector findDependencies() {
        return run("dependencies");
    }

    @Bean
    RunCollector reviewMigrations() {
        return run("migrations");
    }

    @Bean
    RunCollector readTestResults() {
        return run("tests");
    }

    @Bean
    RunCollector weighRollbackPlan() {
        return run("rollback-plan");
    }

    @Bean
    RunCollector checkOnCallCover() {
        return run("on-call");
    }

    private RunCollector run(String name) {
        var collector = collectors.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no collector " + name));
        return new RunCollector(collector, evidence, releases, catalog, tries);
    }
}
