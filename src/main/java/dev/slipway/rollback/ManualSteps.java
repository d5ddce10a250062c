package dev.slipway.rollback;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.engine.InDiagrams;
import dev.slipway.engine.ReleaseVariables;
import dev.slipway.release.Releases;
import dev.slipway.release.RollbackStep;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** The manual steps of the rollback plan, as they were written down before the release started (PRE-4). */
@InDiagrams
@Component
public class ManualSteps {

    /** Two such texts and the rest fit into what the engine keeps of a variable; a rollback must not get stuck there. */
    private static final int LONGEST = 1_500;

    private static final Pattern USER_ID = Pattern.compile("[\\p{L}\\p{N}._@-]+");

    private final Releases releases;
    private final ServiceCatalog catalog;

    ManualSteps(Releases releases, ServiceCatalog catalog) {
        this.releases = releases;
        this.catalog = catalog;
    }

    /** @return how many there are */
    public int count(DelegateExecution execution) {
        return steps(execution).size();
    }

    /**
     * @param index from 0
     * @return what is to be done, with its place in the order, by whom, how long it takes and how to verify it, as
     *     Markdown
     */
    public String text(DelegateExecution execution, int index) {
        var steps = steps(execution);
        var step = steps.get(index);
        var rehearsed = Boolean.TRUE.equals(execution.getVariable(RollbackVariables.REHEARSAL));
        return "Step " + (index + 1) + " of " + steps.size() + ": " + orUnsaid(step.what())
                + (rehearsed ? "\n\nThis is a rehearsal: not in production." : "")
                + "\n\n- Who: " + orUnsaid(step.who())
                + "\n- Expected: " + (step.minutes() == null ? orUnsaid(null) : step.minutes() + " min")
                + "\n- Done when: " + orUnsaid(step.verify());
    }

    /**
     * @param index    from 0
     * @param fallback an ISO 8601 duration
     * @return how long the step takes as planned, {@code fallback} where the plan does not say it, as an ISO 8601
     *     duration
     */
    public String period(DelegateExecution execution, int index, String fallback) {
        var minutes = steps(execution).get(index).minutes();
        return minutes == null ? fallback : Duration.ofMinutes(minutes).toString();
    }

    /**
     * @param index from 0
     * @return who may do the step besides its groups: the release owner, and whom the plan names by user id
     */
    public List<String> people(DelegateExecution execution, int index) {
        var owner = ReleaseVariables.text(execution, ReleaseVariables.OWNER);
        var who = steps(execution).get(index).who();
        return who == null || who.equals(owner) || !USER_ID.matcher(who).matches()
                ? List.of(owner)
                : List.of(owner, who);
    }

    /**
     * @param least an ISO 8601 duration
     * @return how long all steps may take: twice what is planned, never less than {@code least}, as an ISO 8601 duration
     */
    public String patience(DelegateExecution execution, String least) {
        var planned = steps(execution).stream()
                .map(RollbackStep::minutes)
                .filter(minutes -> minutes != null)
                .mapToInt(Integer::intValue)
                .sum();
        var twice = Duration.ofMinutes(2L * planned);
        return twice.compareTo(Duration.parse(least)) > 0 ? twice.toString() : least;
    }

    private List<RollbackStep> steps(DelegateExecution execution) {
        var release = releases.get(ReleaseVariables.releaseId(execution));
        return catalog.pinned(release.definitionId()).rollbackPlan(release).manualSteps();
    }

    private static String orUnsaid(String text) {
        if (text == null) {
            return "the plan does not say";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }
}
