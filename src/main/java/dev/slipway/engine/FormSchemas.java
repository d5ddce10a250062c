package dev.slipway.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** The forms as they were deployed with a diagram. */
@Component
class FormSchemas {

    private final RepositoryService repository;
    private final ObjectMapper json;
    private final Map<String, FormSchema> known = new ConcurrentHashMap<>();

    FormSchemas(@Lazy RepositoryService repository, ObjectMapper json) {
        this.repository = repository;
        this.json = json;
    }

    /** @return the form of a task; {@link FormSchema#NONE} where its deployment has no form of that name */
    FormSchema of(String processDefinitionId, String task) {
        // Definitions never change once deployed, so what was read stays true.
        return known.computeIfAbsent(processDefinitionId + "/" + task, key -> read(processDefinitionId, task));
    }

    private FormSchema read(String processDefinitionId, String task) {
        var deployment = repository.getProcessDefinition(processDefinitionId).getDeploymentId();
        var resource = repository.getDeploymentResourceNames(deployment).stream()
                .filter(name -> name.equals(task + ".form") || name.endsWith("/" + task + ".form"))
                .findFirst();
        return resource.map(name -> parse(deployment, name)).orElse(FormSchema.NONE);
    }

    private FormSchema parse(String deployment, String resource) {
        try (var form = repository.getResourceAsStream(deployment, resource)) {
            return FormSchema.of(json.readTree(form));
        } catch (IOException e) {
            throw new UncheckedIOException("form " + resource + " can't be read", e);
        }
    }
}
