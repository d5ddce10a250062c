package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.Settings;
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

    private static final String DEPLOY = "deploy";
    private static final double ALL = 100;

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

    /** @return the idempotency key with which the version is deployed in production */
    static String deploymentKey(ReleaseId id) {
        return id + ":" + Aim.PRODUCTION.key(DEPLOY);
    }

    /** Makes the version ready, without traffic. */
    Placed deploy(ReleaseId id) {
        return deploy(ask(id, Aim.PRODUCTION, DEPLOY, 0));
    }

    /** Makes the version ready on the target of a rehearsal, without traffic there. */
    Placed deployForRehearsal(ReleaseId id, Aim aim) {
        return rehearsalPlace(id) == null ? nowhere(id, aim) : deploy(askForRehearsal(id, aim, DEPLOY, 0));
    }

    private Placed deploy(Asked asked) {
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
        return shift(ask(id, Aim.PRODUCTION, "shift:" + step, weight));
    }

    /** Gives the version all traffic on the target of a rehearsal, unless it has it already. */
    Placed shiftForRehearsal(ReleaseId id, Aim aim) {
        return shift(askForRehearsal(id, aim, "shift", ALL));
    }

    private Placed shift(Asked asked) {
        var weight = asked.order().weight();
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
     * @param aim     where
     * @param attempt from 1; one more each time that people let it begin anew
     */
    Placed rollBack(ReleaseId id, Aim aim, int attempt) {
        var asked = ask(id, aim, "rollback:" + attempt, 0);
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
     * @param aim        where
     * @param lastAnswer what {@link Serving#answer()} was the last time; null the first time
     */
    Serving verifyOldVersion(ReleaseId id, Aim aim, String lastAnswer) {
        var asked = ask(id, aim, "state", 0);
        var state = stateOrUnknown(asked);
        var serving = state instanceof Deployer.State.Serving now
                ? new Serving(now.weight() == 0, Wording.percent(now.weight()))
                : new Serving(false, "unknown");
        if (!serving.answer().equals(lastAnswer)) {
            timeline.record(id, asked.actor(), asked.prefix() + inWords(asked, state));
        }
        return serving;
    }

    /** Asks the deployer what became of an order that it took on, as the order was given. */
    Deployer.Answer outcome(DeploymentOrder placed) {
        var id = new ReleaseId(placed.releaseNumber());
        var called = placed.orderKey().substring(placed.orderKey().indexOf(':') + 1);
        var aim = Aim.of(called);
        var asked = ask(id, aim, aim.what(called), placed.weight());
        return asked.deployer().outcome(asked.order());
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

        /** @return what the timeline's sentences begin with, so that nobody takes a rehearsal for the real thing */
        String prefix() {
            return order.isRehearsal() ? "Rehearsal on " + order.target() + ": " : "";
        }
    }

    private Asked ask(ReleaseId id, Aim aim, String what, double weight) {
        return aim.isRehearsal() ? askForRehearsal(id, aim, what, weight) : askInProduction(id, what, weight);
    }

    private Asked askInProduction(ReleaseId id, String what, double weight) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var name = definition.rollout().deployer();
        var order = order(release, Aim.PRODUCTION.key(what), weight, definition.settingsOf(name), null);
        return new Asked(release, name, deployers.named(name), order);
    }

    /** @throws IllegalStateException where the order would reach production */
    private Asked askForRehearsal(ReleaseId id, Aim aim, String what, double weight) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var place = definition.rehearsal();
        var production = definition.rollout().deployer();
        var deployer = deployers.named(place.deployer());
        if (!aim.isRehearsal()
                || (place.deployer().equals(production)
                        && deployer.isSamePlace(place.settings(), definition.settingsOf(production)))) {
            throw new IllegalStateException("A rehearsal of " + release.service()
                    + " would be ordered in production. Correct rollback.rehearsal in the service definition.");
        }
        var order = order(release, aim.key(what), weight, place.settings(), place.target());
        return new Asked(release, place.deployer(), deployer, order);
    }

    private Deployer.Order order(Release release, String what, double weight, Settings settings, String target) {
        var key = release.id() + ":" + what;
        return new Deployer.Order(
                key,
                release.id().toString(),
                release.service(),
                release.version(),
                release.servingVersion(),
                weight,
                settings,
                tokens.reportTo(key),
                target);
    }

    private ServiceDefinition.RehearsalPlan rehearsalPlace(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId()).rehearsal();
    }

    private Placed nowhere(ReleaseId id, Aim aim) {
        return new Placed(
                id + ":" + aim.key(DEPLOY),
                DeploymentState.FAILED,
                releases.get(id).service()
                        + " names no place for a rehearsal: add rollback.rehearsal to its service definition.");
    }

    private Placed place(Asked asked, Deployer.Answer answer) {
        var key = asked.order().key();
        var placed = placed(key, asked.name(), answer);
        orders.save(new DeploymentOrder(
                null,
                key,
                asked.release().number(),
                placed.state(),
                clock.instant(),
                asked.order().weight(),
                null));
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
        timeline.record(asked.release().id(), asked.actor(), asked.prefix() + what, placed.message());
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
