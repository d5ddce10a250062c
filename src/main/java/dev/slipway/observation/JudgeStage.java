package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.observation.judge.Verdict;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tasks <em>Judge step</em> and <em>Judge observation</em> (WIN-4, OBS-6): the verdict over all looks of the stage. */
@Component
class JudgeStage implements JavaDelegate {

    private final StageEnd stageEnd;

    JudgeStage(StageEnd stageEnd) {
        this.stageEnd = stageEnd;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        var verdict = stageEnd.judge(release);
        execution.setVariable(ObservationVariables.VERDICT, verdict.verdict().name());
        if (verdict.verdict() == Verdict.FAIL) {
            ReleaseVariables.exitReason(execution, verdict.reason());
        }
        if (verdict.verdict() == Verdict.INCONCLUSIVE) {
            execution.setVariable(ObservationVariables.DOUBT, verdict.reason());
            execution.setVariable(ObservationVariables.WORTH_MORE_DATA, stageEnd.isWorthMoreData(release, verdict));
        }
    }
}
