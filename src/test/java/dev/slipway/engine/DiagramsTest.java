package dev.slipway.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What is deployed at start, and when. */
class DiagramsTest {

    private final Diagrams diagrams = new Diagrams(new PathMatchingResourcePatternResolver());

    private ProcessEngine engine;

    @BeforeEach
    void an_empty_engine() {
        engine = ProcessEngineConfiguration.createStandaloneInMemProcessEngineConfiguration()
                .setJdbcUrl("jdbc:h2:mem:deployments")
                .setProcessEngineName("deployments")
                .buildProcessEngine();
    }

    @AfterEach
    void no_engine() {
        engine.close();
    }

    @Test
    void diagrams_tables_and_forms_are_one_deployment_named_as_in_the_repository() {
        diagrams.deploy(engine.getRepositoryService());

        var deployment = engine.getRepositoryService().createDeploymentQuery().singleResult();
        assertThat(engine.getRepositoryService().getDeploymentResourceNames(deployment.getId()))
                .contains(
                        "processes/release.bpmn",
                        "processes/release-risk.dmn",
                        "forms/release/request-release.form",
                        "forms/pre-release/confirm-scope.form")
                .allMatch(name -> name.startsWith("processes/") || name.startsWith("forms/"));
        assertThat(engine.getRepositoryService().createProcessDefinitionQuery().count())
                .isEqualTo(10);
    }

    @Test
    void nothing_is_deployed_again_where_nothing_has_changed() {
        diagrams.deploy(engine.getRepositoryService());
        diagrams.deploy(engine.getRepositoryService());

        assertThat(engine.getRepositoryService().createDeploymentQuery().count())
                .isEqualTo(1);
        assertThat(engine.getRepositoryService()
                        .createProcessDefinitionQuery()
                        .processDefinitionKey("release")
                        .count())
                .isEqualTo(1);
    }
}
