package dev.slipway.window;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.Part;
import dev.slipway.release.Actor;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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

    /** @return where the orders of a release go, in the order in which it is rolled out; at least one */
    List<Aim> parts(ReleaseId id) {
        return definition(id).parts().stream().map(part -> Aim.part(part.key())).toList();
    }

    /**
     * @return the parts for which anything was ordered, the last one first, so that nothing serves what needs it any
     *     more when its turn comes; the first part where nothing was ordered yet
     */
    List<Aim> toUndo(ReleaseId id) {
        var parts = parts(id);
        var ordered = orders.findByReleaseNumberOrderById(id.number()).stream()
                .map(Traffic::aim)
                .toList();
        var touched = new ArrayList<>(parts.stream().filter(ordered::contains).toList());
        if (touched.isEmpty()) {
            touched.add(parts.get(0));
        }
        Collections.reverse(touched);
        return touched;
    }

    /** @return whether the version was ordered to be deployed in production, or in a part of it */
    static boolean isDeployment(DeploymentOrder order) {
        return !aim(order).isRehearsal() && what(order).equals(DEPLOY);
    }

    /** @return where an order went */
    static Aim aim(DeploymentOrder order) {
        return Aim.of(called(order));
    }

    /** @return what was ordered, such as {@code shift:1} */
    static String what(DeploymentOrder order) {
        return aim(order).what(called(order));
    }

    /** Makes the version ready in a part, without traffic. */
    Placed deploy(ReleaseId id, Aim part) {
        return deploy(ask(id, part, DEPLOY, 0));
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
     * @param part   where
     * @param step   from 0, counted through all parts
     * @param weight percentage of traffic for the new version
     */
    Placed shift(ReleaseId id, Aim part, int step, double weight) {
        return shift(ask(id, part, "shift:" + step, weight));
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
        // Where some parts came back and others did not, those that did are left alone.
        var already = attempt > 1 && stateOrUnknown(asked) instanceof Deployer.State.Serving now && now.weight() == 0;
        var answer = already ? new Deployer.Answer.Done(null) : asked.deployer().rollBack(asked.order());
        var placed = place(asked, answer);
        tell(
                asked,
                placed,
                "All traffic is back on " + oldVersion(asked.release()) + (already ? "; it was already." : "."),
                "All traffic back to " + oldVersion(asked.release()) + " was ordered; " + asked.name()
                        + " reports later.",
                "Giving all traffic back to " + oldVersion(asked.release()) + " failed");
        return placed;
    }

    /**
     * Asks the deployers of all parts that have to be undone whether the old version serves alone. The timeline hears
     * of it when an answer changes.
     *
     * @param aim        production as a whole, or a rehearsal
     * @param lastAnswer what {@link Serving#answer()} was the last time; null the first time
     */
    Serving verifyOldVersion(ReleaseId id, Aim aim, String lastAnswer) {
        var looks = (aim.isRehearsal() ? List.of(aim) : toUndo(id))
                .stream().map(place -> look(ask(id, place, "state", 0))).toList();
        var answer = looks.stream().map(Look::answer).collect(Collectors.joining(", "));
        if (!answer.equals(lastAnswer)) {
            looks.forEach(look -> timeline.record(
                    id, look.asked().actor(), look.asked().prefix() + inWords(look.asked(), look.state())));
        }
        return new Serving(looks.stream().allMatch(Look::oldVersionServes), answer);
    }

    private static Look look(Asked asked) {
        return new Look(asked, stateOrUnknown(asked));
    }

    private record Look(Asked asked, Deployer.State state) {
        boolean oldVersionServes() {
            return state instanceof Deployer.State.Serving now && now.weight() == 0;
        }

        String answer() {
            var said = state instanceof Deployer.State.Serving now ? Wording.percent(now.weight()) : "unknown";
            return asked.part().key() == null ? said : asked.part().key() + " " + said;
        }
    }

    /** Asks the deployer what became of an order that it took on, as the order was given. */
    Deployer.Answer outcome(DeploymentOrder placed) {
        var id = new ReleaseId(placed.releaseNumber());
        var aim = aim(placed);
        var asked = ask(id, aim, what(placed), placed.weight());
        return asked.deployer().outcome(asked.order());
    }

    /** @return what an order is called in its key, after the release's id */
    private static String called(DeploymentOrder order) {
        return order.orderKey().substring(order.orderKey().indexOf(':') + 1);
    }

    /**
     * @param aim where the order that was not reported on went
     * @return why a release whose deployer did not report in time leaves the happy path
     */
    String reportMissing(ReleaseId id, Aim aim) {
        var definition = definition(id);
        var part = part(definition, aim);
        var reason = prefix(part) + "The deployer " + part.deployer() + " did not report within "
                + definition.rollout().reportWithin() + ".";
        timeline.record(id, Actor.machine("rollout"), reason);
        return reason;
    }

    private record Asked(Release release, Part part, String name, Deployer deployer, Deployer.Order order) {
        Actor actor() {
            return Actor.machine(name);
        }

        /** @return what the timeline's sentences begin with, so that nobody takes a rehearsal for the real thing */
        String prefix() {
            return order.isRehearsal() ? "Rehearsal on " + order.target() + ": " : Traffic.prefix(part);
        }
    }

    /** @return what the timeline's sentences on a part begin with */
    private static String prefix(Part part) {
        return part.key() == null ? "" : part.inWords() + ": ";
    }

    private static Part part(ServiceDefinition definition, Aim aim) {
        return definition.parts().stream()
                .filter(part -> Objects.equals(part.key(), aim.part()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        definition.service() + " has no part " + aim.part() + " in its rollout"));
    }

    private ServiceDefinition definition(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId());
    }

    private Asked ask(ReleaseId id, Aim aim, String what, double weight) {
        return aim.isRehearsal() ? askForRehearsal(id, aim, what, weight) : askInProduction(id, aim, what, weight);
    }

    private Asked askInProduction(ReleaseId id, Aim aim, String what, double weight) {
        var release = releases.get(id);
        var part = part(catalog.pinned(release.definitionId()), aim);
        var order = order(release, aim.key(what), weight, part, null);
        return new Asked(release, part, part.deployer(), deployers.named(part.deployer()), order);
    }

    /** @throws IllegalStateException where the order would reach production */
    private Asked askForRehearsal(ReleaseId id, Aim aim, String what, double weight) {
        var release = releases.get(id);
        var definition = catalog.pinned(release.definitionId());
        var place = definition.rehearsal();
        var deployer = deployers.named(place.deployer());
        if (!aim.isRehearsal()
                || definition.parts().stream()
                        .filter(part -> part.deployer().equals(place.deployer()))
                        .anyMatch(part -> deployer.isSamePlace(place.settings(), part.settings()))) {
            throw new IllegalStateException("A rehearsal of " + release.service()
                    + " would be ordered in production. Correct rollback.rehearsal in the service definition.");
        }
        var whole = new Part(
                null,
                null,
                place.deployer(),
                definition.rollout().strategy(),
                definition.rollout().steps(),
                place.settings());
        return new Asked(
                release,
                whole,
                place.deployer(),
                deployer,
                order(release, aim.key(what), weight, whole, place.target()));
    }

    private Deployer.Order order(Release release, String what, double weight, Part part, String target) {
        var key = release.id() + ":" + what;
        return new Deployer.Order(
                key,
                release.id().toString(),
                release.service(),
                release.version(),
                release.servingVersion(),
                weight,
                part.settings(),
                tokens.reportTo(key),
                target,
                part.component(),
                part.wave());
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
