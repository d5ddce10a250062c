package dev.slipway.prerelease;

import dev.slipway.release.Briefing;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.RollbackPlan;
import dev.slipway.release.RollbackStep;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What whoever confirms the rollback plan sees: the plan so far, what it lacks, and when it was last rehearsed (PRE-4). */
@Component
class RollbackPlanBriefing implements Briefing {

    private static final String TASK = "confirm-rollback-plan";

    private final RollbackPlans plans;
    private final Releases releases;
    private final Rehearsals rehearsals;

    RollbackPlanBriefing(RollbackPlans plans, Releases releases, Rehearsals rehearsals) {
        this.plans = plans;
        this.releases = releases;
        this.rehearsals = rehearsals;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(TASK);
    }

    @Override
    public String about(ReleaseId id, String task) {
        var gaps = plans.gaps(id);
        return gaps.isEmpty()
                ? "The plan below says what is needed."
                : "**Missing in the plan**\n\n"
                        + gaps.stream()
                                .map(RollbackPlan.Gap::message)
                                .map(message -> "- " + message)
                                .collect(Collectors.joining("\n"));
    }

    @Override
    public Map<String, Object> prefill(ReleaseId id, String task) {
        var plan = plans.of(id);
        var known = new HashMap<String, Object>();
        var release = releases.get(id);
        var text = plans.text(id);
        known.put("rollbackPlan", text == null ? impliedBy(release) : text);
        known.put("manualSteps", release.manualSteps());
        if (plan.minutes() > 0) {
            known.put("rollbackMinutes", Math.min(plan.minutes(), RollbackStep.LONGEST_MINUTES));
        }
        rehearsals
                .lastPassed(releases.get(id).service())
                .ifPresent(last -> known.put(
                        "rehearsedOn",
                        LocalDate.ofInstant(last.endedAt(), ZoneOffset.UTC).toString()));
        return known;
    }

    /** What the diagram does by itself where a version is known to go back to; null where none is. */
    private static String impliedBy(Release release) {
        return RollbackPlans.goesBackByItself(release)
                ? "[auto] 1 min: give all traffic back to " + release.servingVersion()
                        + " -> the deployer says that it serves 100 %"
                : null;
    }
}
