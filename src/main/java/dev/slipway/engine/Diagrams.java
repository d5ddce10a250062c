package dev.slipway.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.camunda.bpm.engine.RepositoryService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;
import org.springframework.stereotype.Component;

/**
 * Deploys diagrams, tables and forms at start: all of them as one deployment, so that what belongs together stays
 * together, and only when one of them has changed.
 *
 * <p>The starter's own deployment names resources by their place on the disk, so that moving the application or packing
 * it would look like a change; here the name is the path in the repository, such as {@code processes/release.bpmn}.
 */
@Component
class Diagrams {

    private static final Logger LOG = LoggerFactory.getLogger(Diagrams.class);
    private static final String NAME = "slipway";
    private static final List<String> FOLDERS = List.of("processes", "forms");
    private static final List<String> ENDINGS = List.of("bpmn", "dmn", "form");

    private final ResourcePatternResolver resources;

    Diagrams(ResourcePatternResolver resources) {
        this.resources = resources;
    }

    void deploy(RepositoryService repository) {
        var deployment = repository.createDeployment().name(NAME).enableDuplicateFiltering(false);
        var before = repository.createDeploymentQuery().count();
        for (var folder : FOLDERS) {
            for (var ending : ENDINGS) {
                for (var resource : find("classpath*:" + folder + "/**/*." + ending)) {
                    add(resource, folder, (name, content) -> deployment.addInputStream(name, content));
                }
            }
        }
        deployment.deploy();
        if (repository.createDeploymentQuery().count() > before) {
            LOG.info("Diagrams, tables and forms have changed and are deployed");
        }
    }

    @FunctionalInterface
    private interface Adding {
        void add(String name, InputStream content);
    }

    private static void add(Resource resource, String folder, Adding adding) {
        try (var content = resource.getInputStream()) {
            var address = resource.getURL().toString();
            adding.add(address.substring(address.lastIndexOf("/" + folder + "/") + 1), content);
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " can't be read", e);
        }
    }

    private Resource[] find(String pattern) {
        try {
            return resources.getResources(pattern);
        } catch (IOException e) {
            throw new UncheckedIOException(pattern + " can't be looked up", e);
        }
    }
}
