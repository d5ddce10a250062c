package dev.slipway.engine;

import java.util.ArrayList;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.configuration.impl.AbstractCamundaConfiguration;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.stereotype.Component;

/** What Slipway asks of the engine beyond its settings in {@code application.yaml}. */
@Component
class EngineSettings extends AbstractCamundaConfiguration {

    private final ListableBeanFactory beans;
    private final ReleaseListeners listeners;
    private final Diagrams diagrams;

    EngineSettings(ListableBeanFactory beans, ReleaseListeners listeners, Diagrams diagrams) {
        this.beans = beans;
        this.listeners = listeners;
        this.diagrams = diagrams;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        ((SpringProcessEngineConfiguration) configuration).setBeans(new AllowedBeans(beans));
        var parseListeners = new ArrayList<>(
                configuration.getCustomPostBPMNParseListeners() == null
                        ? List.of()
                        : configuration.getCustomPostBPMNParseListeners());
        parseListeners.add(listeners);
        configuration.setCustomPostBPMNParseListeners(parseListeners);
        // Several nodes write at once: ids must not come from a shared counter.
        configuration.setIdGenerator(new StrongUuidGenerator());
        // A form that is refused is no failure of the engine. What fails is logged by whoever asked: the REST API, the
        // web
        // apps or the job executor.
        configuration.setEnableCmdExceptionLogging(false);
        // A diagram needs no scripts: conditions are expressions, decisions are tables.
        configuration.setEnableScriptEngineLoadExternalResources(false);
        configuration.setEnableScriptEngineNashornCompatibility(false);
        configuration.setEnableScriptCompilation(false);
    }

    @Override
    public void postProcessEngineBuild(ProcessEngine engine) {
        diagrams.deploy(engine.getRepositoryService());
    }
}
