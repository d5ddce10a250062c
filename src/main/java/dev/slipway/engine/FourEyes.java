package dev.slipway.engine;

import dev.slipway.release.Actor;
import dev.slipway.release.Evidence;
import dev.slipway.release.Refusal;
import java.util.Arrays;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.springframework.stereotype.Component;

/** Tasks with property {@code fourEyes}: who asked for the release may not confirm it, and one person counts once. */
@Component
class FourEyes {

    static final String PROPERTY = "fourEyes";

    /** Text: user ids of who has confirmed in this round, separated by blanks. */
    static final String CONFIRMED_BY = "approvers";

    /** Begins a new round: nobody has confirmed yet. */
    void begin(DelegateTask task) {
        if (ReleaseVariables.number(task, "loopCounter", 0) == 0) {
            task.getExecution().setVariable(CONFIRMED_BY, "");
        }
    }

    /** @throws Refusal.NotAllowed where this person's confirmation does not count */
    void check(DelegateTask task, Actor who, Evidence.Result result) {
        if (result != Evidence.Result.CONFIRMED) {
            return;
        }
        if (who.name().equals(ReleaseVariables.text(task, ReleaseVariables.REQUESTED_BY))) {
            throw new Refusal.NotAllowed(
                    who.name() + " asked for this release and may not approve it. Somebody else must.");
        }
        var earlier = ReleaseVariables.text(task, CONFIRMED_BY);
        var confirmed = earlier == null ? "" : earlier;
        if (Arrays.asList(confirmed.split(" ")).contains(who.name())) {
            throw new Refusal.NotAllowed(who.name() + " has approved already. A second person must.");
        }
        task.getExecution().setVariable(CONFIRMED_BY, (confirmed + " " + who.name()).strip());
    }
}
