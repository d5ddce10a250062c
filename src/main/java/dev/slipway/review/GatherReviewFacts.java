package dev.slipway.review;

import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Actor;
import dev.slipway.release.Timeline;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.springframework.stereotype.Component;

/** Task <em>Gather review facts</em> (LRN-1, LRN-2, LRN-4): what the timeline says, before people are asked. */
@Component
class GatherReviewFacts implements JavaDelegate {

    private final ReviewFacts facts;
    private final Timeline timeline;

    GatherReviewFacts(ReviewFacts facts, Timeline timeline) {
        this.facts = facts;
        this.timeline = timeline;
    }

    @Override
    public void execute(DelegateExecution execution) {
        var release = ReleaseVariables.releaseId(execution);
        timeline.record(release, Actor.machine("review"), "Review facts gathered.", facts.inWords(release));
        execution.setVariable("newChecks", null);
    }
}
