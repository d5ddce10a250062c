package dev.slipway.observation;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.observation.judge.MetricVerdict;
import dev.slipway.observation.judge.ReleaseVerdict;
import dev.slipway.observation.judge.Verdict;
import java.util.List;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Tasks <em>Judge step</em> and <em>Judge observation</em> (WIN-4, OBS-6): the verdict over all looks of the stage. */
@Component
class JudgeStage implements JavaDelegate {

    private final StageEnd stageEnd;
    private final Charts charts;

    JudgeStage(StageEnd stageEnd, Charts charts) {
        this.stageEnd = stageEnd;
        this.charts = charts;
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
            execution.setVariable(ObservationVariables.COURSE, charts.courses(release, unclear(verdict)));
        }
    }

    private static List<String> unclear(ReleaseVerdict verdict) {
        return verdict.metrics().stream()
                .filter(metric -> metric.verdict() != Verdict.PASS)
                .map(MetricVerdict::metric)
                .toList();
    }
}
