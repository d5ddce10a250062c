package dev.slipway.rollback;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Rehearsal;
import java.time.Instant;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tasks <em>Record rehearsal</em> and <em>Record failed set-up</em> (PRE-4, LRN-2): how the way back went on its target. */
@Component
class RecordRehearsal implements JavaDelegate {

    private final RehearsalRecord rehearsal;

    RecordRehearsal(RehearsalRecord rehearsal) {
        this.rehearsal = rehearsal;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var began = ReleaseVariables.text(execution, RollbackVariables.REHEARSAL_BEGAN);
        rehearsal.keep(
                ReleaseVariables.releaseId(execution),
                Rehearsal.Result.valueOf(ReleaseVariables.text(execution, RollbackVariables.REHEARSAL_OUTCOME)),
                began == null ? null : Instant.parse(began),
                ReleaseVariables.text(execution, RollbackVariables.TROUBLE));
    }
}
