package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import org.springframework.stereotype.Component;

/**
 * WIN-3, WIN-5: orders to the deployer of a release's service. The key of an order is the same for every try of the
 * same step, so that a step that is tried again after a crash is not done twice.
 */
@Component
class Traffic {

    private final Releases releases;
    private final ServiceCatalog catalog;
    private final Deployers deployers;
    private final ReportTokens tokens;
    private final DeploymentOrderRepository orders;
    private final DeploymentReportRepository reports;
    private final Timeline timeline;
    private final Clock clock;

    Traffic(
            Releases releases,
            ServiceCatalog catalog,
            Deployers deployers,
            ReportTokens tokens,
            DeploymentOrderRepository orders,
            DeploymentReportRepository reports,
            Timeline timeline,
            Clock clock) {
        this.releases = releases;
        this.catalog = catalog;
        this.deployers = deployers;
        this.tokens = tokens;
        this.orders = orders;
        this.reports = reports;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * An order that was given.
     *
     * @param key     idempotency key
     * @param state   what is known of it
     * @param message what the deployer said; may be null, never where it failed
     */
    record Placed(String key, DeploymentState state, String message) {}

    /**
     * What serves.
     *
     * @param oldVersionServes whether the new version has no traffic any more; false where nobody knows
     * @param answer           what the deployer said, to compare with the next answer
     */
    record Serving(boolean oldVersionServes, String answer) {}

    /** Makes the version ready, without traffic. */
    Placed deploy(ReleaseId id) {
        var asked = ask(id, "deploy", 0);
        var placed = place(asked, asked.deployer().deploy(asked.order()));
        tell(
                asked,
                placed,
                asked.release().name() + " is deployed, without traffic.",
                "Deploying " + asked.release().name() + " was ordered; " + asked.name() + " reports later.",
                "Deploying " + asked.release().name() + " failed");
        return placed;
    }

    /**
     * Gives the version its traffic, unless it has it already.
     *
     * @param step   from 0
     * @param weight percentage of traffic for the new version
     */
    Placed shift(ReleaseId id, int step, double weight) {
        var asked = ask(id, "shift:" + step, weight);
        var already = asked.deployer().state(asked.order()) instanceof Deployer.State.Serving serving
                && serving.weight() == weight;
        var answer = already ? new Deployer.Answer.Done(null) : asked.deployer().shift(asked.order());
        var placed = place(asked, answer);
        var traffic =
                Wording.percent(weight) + " of traffic to " + asked.release().name();
        tell(
                asked,
                placed,
                traffic + (already ? "; it had it already." : "."),
                traffic + " was ordered; " + asked.name() + " reports later.",
                traffic + " failed");
        return placed;
    }

    /**
     * Gives all traffic to the version that served before.
     *
     * @param attempt from 1; one more each time that people let it begin anew
     */
    Placed rollBack(ReleaseId id, int attempt) {
        var asked = ask(id, "rollback:" + attempt, 0);
        var placed = place(asked, asked.deployer().rollBack(asked.order()));
        tell(
                asked,
                placed,
                "All traffic is back on " + oldVersion(asked.release()) + ".",
                "All traffic back to " + oldVersion(asked.release()) + " was ordered; " + asked.name()
                        + " reports later.",
                "Giving all traffic back to " + oldVersion(asked.release()) + " failed");
        return placed;
    }

    /**
     * Asks the deployer whether the old version serves alone. The timeline hears of it when the answer changes.
     *
     * @param lastAnswer what {@link Serving#answer()} was the last time; null the first time
     */
    Serving verifyOldVersion(ReleaseId id, String lastAnswer) {
        var asked = ask(id, "state", 0);
        var state = stateOrUnknown(asked);
        var serving = state instanceof Deployer.State.Serving now
                ? new Serving(now.weight() == 0, Wording.percent(now.weight()))
                : new Serving(false, "unknown");
        if (!serving.answer().equals(lastAnswer)) {
            timeline.record(id, asked.actor(), inWords(asked, state));
        }
        return serving;
    }

    /** @return why a release whose deployer did not report in time leaves the happy path */
    String reportMissing(ReleaseId id) {
        var rollout = catalog.pinned(releases.get(id).definitionId()).rollout();
        var reason = "The deployer " + rollout.deployer() + " did not report within " + rollout.reportWithin() + ".";
        timeline.record(id, Actor.machine("rollout"), reason);
        return reason;
    }

    private record Asked(Release release, String name, Deployer deployer, Deployer.Order order) {
        Actor actor() {
            return Actor.machine(name);
        }
    }

    private Asked ask(ReleaseId id, String what, double weight) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var name = definition.rollout().deployer();
        var key = id + ":" + what;
        var order = new Deployer.Order(
                key,
                id.toString(),
                release.service(),
                release.version(),
                release.servingVersion(),
                weight,
                definition.settingsOf(name),
                tokens.reportTo(key));
        return new Asked(release, name, deployers.named(name), order);
    }

    private Placed place(Asked asked, Deployer.Answer answer) {
        var key = asked.order().key();
        var placed = placed(key, asked.name(), answer);
        orders.save(new DeploymentOrder(null, key, asked.release().number(), placed.state(), clock.instant()));
        return placed;
    }

    private Placed placed(String key, String deployer, Deployer.Answer answer) {
        if (answer instanceof Deployer.Answer.Done done) {
            return new Placed(key, DeploymentState.SUCCEEDED, done.message());
        }
        if (answer instanceof Deployer.Answer.Failed failed) {
            return new Placed(key, DeploymentState.FAILED, deployer + " refused: " + failed.message());
        }
        // The report can be faster than this transaction; nobody would wait for it then.
        return reports.findById(key)
                .filter(report -> reports.claim(key) > 0)
                .map(report -> new Placed(key, report.state(), report.message()))
                .orElseGet(
                        () -> new Placed(key, DeploymentState.PENDING, ((Deployer.Answer.Pending) answer).message()));
    }

    private void tell(Asked asked, Placed placed, String succeeded, String pending, String failed) {
        var what = switch (placed.state()) {
            case SUCCEEDED -> succeeded;
            case PENDING -> pending;
            case FAILED -> failed + ": " + placed.message();
        };
        timeline.record(asked.release().id(), asked.actor(), what, placed.message());
    }

    private static Deployer.State stateOrUnknown(Asked asked) {
        try {
            return asked.deployer().state(asked.order());
        } catch (RuntimeException e) {
            // Recovery is looked at again and again until its time is up: no answer is an answer here.
            return new Deployer.State.Unknown(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private static String inWords(Asked asked, Deployer.State state) {
        if (state instanceof Deployer.State.Unknown unknown) {
            return asked.name() + " can't say which version of "
                    + asked.release().service() + " serves: " + unknown.why();
        }
        var weight = ((Deployer.State.Serving) state).weight();
        return weight == 0
                ? oldVersion(asked.release()) + " serves alone, says " + asked.name() + "."
                : asked.release().name() + " still has " + Wording.percent(weight) + " of traffic, says " + asked.name()
                        + ".";
    }

    private static String oldVersion(Release release) {
        return release.servingVersion() == null
                ? "the version of " + release.service() + " that served before"
                : release.service() + " " + release.servingVersion();
    }
}
