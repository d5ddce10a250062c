package dev.slipway.engine;

import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import java.util.Locale;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.springframework.stereotype.Component;

/** What the form of diagram <em>Roll back or hold a release</em> brings, and whether this person may say it. */
@Component
class Steering {

    private static final String REASON = "steeringReason"; // text
    private static final String BY = "steeredBy"; // text, user id

    private final Releases releases;
    private final Authority authority;
    private final EngineIdentity identity;

    Steering(Releases releases, Authority authority, EngineIdentity identity) {
        this.releases = releases;
        this.authority = authority;
        this.identity = identity;
    }

    /** Somebody's word about a release. */
    record Word(ReleaseId release, String reason, String by) {}

    /**
     * @throws Refusal.BadInput   where what was typed is not the id of a release
     * @throws Refusal.NotFound   where there is no such release
     * @throws Refusal.NotAllowed where it is not for this person to say
     */
    Word read(DelegateExecution execution) {
        var release = release(execution);
        var by = ReleaseVariables.text(execution, BY);
        var who = by == null ? "nobody" : by;
        authority.requireToRollBack(new CurrentUser(who, identity.allGroupsOf(who)), release);
        execution.setProcessBusinessKey(release.id().toString());
        return new Word(release.id(), ReleaseVariables.text(execution, REASON), who);
    }

    private Release release(DelegateExecution execution) {
        var typed = ReleaseVariables.text(execution, ReleaseVariables.RELEASE_ID);
        var id = ReleaseId.parse(typed == null ? "" : typed.strip().toUpperCase(Locale.ROOT))
                .orElseThrow(() -> new Refusal.BadInput(
                        ReleaseVariables.RELEASE_ID,
                        "Release: " + typed + " is not the id of a release such as REL-42."));
        return releases.get(id);
    }
}
