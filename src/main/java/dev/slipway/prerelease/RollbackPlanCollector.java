package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.RehearsalPlan;
import dev.slipway.release.Rehearsal;
import dev.slipway.release.Rehearsals;
import dev.slipway.release.Release;
import dev.slipway.release.RollbackPlan;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * PRE-4: whether the way back is written so that somebody can go it, and how old its last rehearsal is.
 *
 * <p>Facts: {@code manualStepCount}, {@code rollbackMinutes} (sum over the steps, 0 where none says it),
 * {@code planComplete}, {@code rehearsalAgeDays} (whole days since the last rehearsal that passed, -1 for never),
 * {@code rehearsalMinutes} (decimal, how long that one took; left out where there was none) and
 * {@code rehearsalFailed} (whether the latest one failed).
 */
@Component
class RollbackPlanCollector implements Collector {

    private static final String GAP = "rollback-plan-gap";
    private static final String REHEARSAL = "rollback-rehearsal";
    private static final double SECONDS_A_MINUTE = 60;

    private final Rehearsals rehearsals;
    private final Clock clock;

    RollbackPlanCollector(Rehearsals rehearsals, Clock clock) {
        this.rehearsals = rehearsals;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rollback-plan";
    }

    @Override
    public boolean appliesTo(Release release, ServiceDefinition definition) {
        return true;
    }

    @Override
    public Collected collect(Release release, ServiceDefinition definition) {
        var plan = definition.rollbackPlan(release);
        var gaps = plan.gaps(RollbackPlans.goesBackByItself(release));
        var findings = new ArrayList<Finding>();
        gaps.forEach(gap -> findings.add(finding(gap)));
        if (gaps.isEmpty() && !plan.isInSteps()) {
            findings.add(asked(
                    "plain-plan",
                    "The plan is a sentence, not steps.",
                    "A machine can't tell whether anything is missing.",
                    "Is it clear who does what, how long it takes, and how to see that it worked?"));
        }
        if (definition.rehearsal() != null) {
            rehearsalFindings(release.service(), definition.rehearsal(), findings);
        }
        return new Collected(summary(release, plan, gaps), findings, facts(release.service(), plan, gaps));
    }

    private Map<String, Object> facts(String service, RollbackPlan plan, List<RollbackPlan.Gap> gaps) {
        var facts = new HashMap<String, Object>();
        facts.put("manualStepCount", plan.manualSteps().size());
        facts.put("rollbackMinutes", plan.minutes());
        facts.put("planComplete", gaps.isEmpty() && plan.isInSteps());
        facts.put("rehearsalFailed", lastFailed(service));
        facts.put("rehearsalAgeDays", -1);
        rehearsals.lastPassed(service).ifPresent(last -> {
            facts.put("rehearsalAgeDays", (int) age(last).toDays());
            facts.put("rehearsalMinutes", last.seconds() / SECONDS_A_MINUTE);
        });
        return facts;
    }

    private void rehearsalFindings(String service, RehearsalPlan place, List<Finding> findings) {
        var passed = rehearsals.lastPassed(service);
        if (passed.isEmpty()) {
            findings.add(asked(
                    REHEARSAL,
                    "The way back of " + service + " was never rehearsed with success.",
                    "What was never tried takes longer than planned.",
                    "Should it be rehearsed on " + place.target() + " before this release?"));
        } else if (age(passed.get()).compareTo(place.maximumAge()) > 0) {
            findings.add(asked(
                    REHEARSAL,
                    "The way back of " + service + " was last rehearsed "
                            + age(passed.get()).toDays() + " days ago; at most "
                            + place.maximumAge().toDays() + " are allowed.",
                    "The service has changed since.",
                    "Should it be rehearsed on " + place.target() + " again before this release?"));
        }
        if (lastFailed(service)) {
            findings.add(asked(
                    REHEARSAL,
                    "The latest rehearsal failed: "
                            + rehearsals.last(service).orElseThrow().reason(),
                    "The real way back would fail in the same way.",
                    "What has been mended since?"));
        }
    }

    private boolean lastFailed(String service) {
        return rehearsals
                .last(service)
                .filter(last -> last.outcome() == Rehearsal.Result.FAILED)
                .isPresent();
    }

    private Duration age(Rehearsal rehearsal) {
        return Duration.between(rehearsal.endedAt(), clock.instant());
    }

    private static Finding finding(RollbackPlan.Gap gap) {
        return switch (gap.kind()) {
            case NO_PLAN ->
                asked(
                        "no-rollback-plan",
                        gap.message(),
                        "Without a plan the way back is invented while users wait.",
                        "How does this release go back?");
            case NOBODY ->
                asked(
                        "manual-step-without-person",
                        gap.message(),
                        "A step that is nobody's is done by nobody.",
                        "Who does it?");
            case VAGUE ->
                asked(
                        GAP,
                        gap.message(),
                        "What is vague now is slow in the night.",
                        "What exactly is done, and proved?");
        };
    }

    private static Finding asked(String kind, String what, String why, String question) {
        return new Finding(kind, Finding.Severity.ASK, null, null, what, why, question, null, null);
    }

    private static String summary(Release release, RollbackPlan plan, List<RollbackPlan.Gap> gaps) {
        var manual = plan.manualSteps().size();
        var steps = (manual == 1 ? "1 manual step" : manual + " manual steps")
                + (plan.minutes() > 0 ? ", " + plan.minutes() + " min in all" : "");
        return "The way back of " + release.name() + " has " + steps + "; the plan is "
                + (gaps.isEmpty() ? "complete." : "not complete.");
    }
}
