package dev.slipway.engine;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.exception.NotFoundException;
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
        try (var form = repository.getResourceAsStream(deployment, task + ".form")) {
            return FormSchema.of(json.readTree(form));
        } catch (NotFoundException e) {
            return FormSchema.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("form " + task + " can't be read", e);
        }
    }
}
