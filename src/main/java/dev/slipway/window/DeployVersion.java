package dev.slipway.window;

import dev.slipway.engine.ReleaseVariables;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Deploy version</em> (WIN-3): the new version is made ready in the next part, without traffic. */
@Component
class DeployVersion implements JavaDelegate {

    private final Traffic traffic;

    DeployVersion(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var part = traffic.parts(release).get(ReleaseVariables.number(execution, WindowVariables.LOOP, 0));
        execution.setVariable(WindowVariables.PART, part.part());
        WindowVariables.write(execution, traffic.deploy(release, part));
    }
}
