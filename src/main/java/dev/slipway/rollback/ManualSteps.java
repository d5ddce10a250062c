package dev.slipway.rollback;

import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The manual steps of the rollback plan, as they were written down before the release started (PRE-4). */
@InDiagrams
@Component
public class ManualSteps {

    private final Releases releases;

    ManualSteps(Releases releases) {
        this.releases = releases;
    }

    /**
     * @param index from 0
     * @return what is to be done, with its place in the order
     */
    public String text(DelegateExecution execution, int index) {
        var steps = releases.get(ReleaseVariables.releaseId(execution))
                .manualSteps()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        return "Step " + (index + 1) + " of " + steps.size() + ": "
                + steps.get(index).strip();
    }
}
