package dev.slipway.engine;

import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** Which group does what in this release: Slipway's groups, or what the service names in place of each. */
@InDiagrams
@Component
public class Roles {

    private final PinnedDefinition definition;

    Roles(PinnedDefinition definition) {
        this.definition = definition;
    }

    /** @param role one of Slipway's groups, such as {@code qa} */
    public String group(DelegateExecution execution, String role) {
        return definition.of(execution).group(role);
    }

    /** @return the teams that are told and acknowledge, by Slipway's names */
    public List<String> teams(DelegateExecution execution) {
        return List.copyOf(definition.of(execution).communication().teams());
    }
}
