package dev.slipway.engine.identity;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.stereotype.Component;

/** Lets groups and users have names such as release-managers or erin@example.com; the engine's default refuses them. */
@Component
class PlainNames extends AbstractProcessEnginePlugin {

    @Override
    public void preInit(ProcessEngineConfigurationImpl configuration) {
        configuration.setGroupResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
        configuration.setUserResourceWhitelistPattern("[a-zA-Z0-9][a-zA-Z0-9_.@+-]*");
    }
}
