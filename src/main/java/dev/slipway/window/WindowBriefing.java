package dev.slipway.window;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Briefing;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the owner should know of the window before saying go, or before booking another. */
@Component
class WindowBriefing implements Briefing {

    private static final String PLAN_WINDOW = "plan-window";
    private static final String DECIDE_GO = "decide-go";

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final WindowChecks checks;
    private final WindowOffers offers;

    WindowBriefing(Releases releases, ServiceCatalog catalog, WindowChecks checks, WindowOffers offers) {
        this.releases = releases;
        this.catalog = catalog;
        this.checks = checks;
        this.offers = offers;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(PLAN_WINDOW, DECIDE_GO);
    }

    @Override
    public String about(ReleaseId id, String task) {
        var release = releases.get(id);
        return switch (task) {
            case PLAN_WINDOW ->
                "**The last window was not used.** " + whyNotUsed(id) + "\n\n" + hours(release) + "\n\n"
                        + offers.inWords(id);
            case DECIDE_GO -> "**Window:** " + window(release) + "\n\n" + hours(release);
            default -> "";
        };
    }

    /** A number that was picked in an earlier round means another window now. */
    @Override
    public Map<String, Object> prefill(ReleaseId id, String task) {
        if (!task.equals(PLAN_WINDOW)) {
            return Map.of();
        }
        offers.make(id);
        return Collections.singletonMap(WindowRequest.SLOT, null);
    }

    private String whyNotUsed(ReleaseId id) {
        return checks.last(id)
                .map(check -> check.clear() ? "It was clear when it opened, but it was not a go." : check.reason())
                .orElse("It has not been checked yet.");
    }

    private String window(Release release) {
        var zone = AllowedHours.zone(catalog.pinned(release.definitionId()).windows());
        return Wording.window(release.windowStart(), release.windowEnd(), zone);
    }

    private String hours(Release release) {
        return "**Hours in which " + release.service() + " may be released:** "
                + AllowedHours.of(catalog.pinned(release.definitionId()).windows())
                        .inWords();
    }
}
