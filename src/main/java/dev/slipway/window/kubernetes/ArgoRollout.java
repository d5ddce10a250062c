package dev.slipway.window.kubernetes;

import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.time.Clock;

/**
 * A Rollout of Argo Rollouts (1.0 or newer) whose canary steps are pairs of {@code setWeight} and {@code pause: {}}.
 * Slipway does to it what {@code kubectl argo rollouts} does: {@code set image} changes the template, {@code promote}
 * takes the pause away, {@code abort} and {@code promote --full} set fields of the status.
 */
final class ArgoRollout implements Workload {

    private static final double ALL = 100;

    private final Cluster cluster;
    private final KubernetesSettings settings;
    private final Clock clock;

    ArgoRollout(Cluster cluster, KubernetesSettings settings, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
    }

    /** Without a pause before the first weight, the image would bring traffic with it: then it comes with the first shift. */
    @Override
    public Answer deploy(Order order) {
        var rollout = read();
        rollout.refuseStepsOfItsOwn();
        if (!rollout.waitsWithoutTraffic()) {
            refusePaused(rollout);
            return new Answer.Done("Nothing is to be prepared: the steps of " + rollout.name()
                    + " begin with traffic, so that the image comes with the first of them.");
        }
        return goTo(0, begun(rollout, order, Action.DEPLOY), order);
    }

    @Override
    public Answer shift(Order order) {
        if (order.weight() <= 0) {
            return rollBack(order);
        }
        var rollout = read();
        rollout.refuseStepsOfItsOwn();
        rollout.refuseUnknown(order.weight());
        return goTo(order.weight(), begun(rollout, order, Action.SHIFT), order);
    }

    /** Image and stamp come in one request, once for an order. */
    private RolloutObject begun(RolloutObject rollout, Order order, Action action) {
        if (rollout.stamp().isOf(order)) {
            return rollout;
        }
        refusePaused(rollout);
        return changed(rollout, order, action, settings.imageOf(order.version()));
    }

    /**
     * Goes on by one pause at a time, so that what stands between the weights (analysis, scaling, routes) is done. The
     * controller stops at the next pause by itself, and the next look goes on from there.
     */
    private Answer goTo(double weight, RolloutObject rollout, Order order) {
        if (!settings.imageOf(order.version()).equals(image(rollout))) {
            throw changedByOthers(rollout);
        }
        if (!rollout.isObserved() || rollout.isUnpausing()) {
            return new Answer.Pending(rollout.name() + ": the controller has not seen the change yet.");
        }
        if (rollout.isAborted() || rollout.isStuck()) {
            return new Answer.Failed(
                    rollout.name() + (rollout.isAborted() ? " was aborted. " : " is stuck. ") + rollout.inWords());
        }
        refusePaused(rollout);
        if (rollout.isPromoted()) {
            return promoted(weight, rollout);
        }
        var now = rollout.stepWeight();
        if (now > weight) {
            throw new Refused(rollout.name() + " is at " + CanaryShare.percent(now) + " already, above the "
                    + CanaryShare.percent(weight) + " that were ordered.");
        }
        if (!rollout.isPausedAtStep() && !rollout.pauses().isEmpty()) {
            return new Answer.Failed(rollout.name() + " waits for somebody's decision: "
                    + String.join(", ", rollout.pauses()) + ". " + rollout.inWords());
        }
        if (rollout.isPausedAtStep()) {
            if (now == weight && weight < ALL) {
                return new Answer.Done(rollout.name() + " waits at " + CanaryShare.percent(now) + ".");
            }
            changeStatus(rollout, "\"pauseConditions\":null");
        }
        return new Answer.Pending(rollout.name() + " is at " + CanaryShare.percent(now) + ". " + rollout.inWords());
    }

    private Answer promoted(double weight, RolloutObject rollout) {
        if (weight < ALL) {
            throw new Refused(rollout.name() + " has " + image(rollout) + " as its stable version already, so that it"
                    + " has all traffic.");
        }
        return rollout.isHealthy()
                ? new Answer.Done(rollout.name() + " has " + image(rollout) + " alone.")
                : new Answer.Pending(rollout.name() + ": " + rollout.inWords());
    }

    /**
     * An abort gives all traffic back at once, whatever becomes of the image; then the image is set back, so that the
     * Rollout is healthy and nobody starts the version anew by a retry.
     */
    @Override
    public Answer rollBack(Order order) {
        var rollout = read();
        var serving = servingImage(order, rollout);
        var isUnderWay = rollout.isObserved()
                && !rollout.isPromoted()
                && !rollout.stableHash().isEmpty();
        if (isUnderWay && !rollout.isAborted() && !serving.equals(image(rollout))) {
            rollout = changeStatus(rollout, "\"abort\":true");
        }
        if (serving.equals(image(rollout)) && isAtRest(rollout)) {
            return new Answer.Done(rollout.name() + " has " + serving + " alone.");
        }
        if (!rollout.stamp().isOf(order)) {
            if (!serving.equals(image(rollout))) {
                refusePaused(rollout);
            }
            rollout = changed(rollout, order, Action.ROLL_BACK, serving);
        }
        return followRollBack(rollout, order);
    }

    private Answer followRollBack(RolloutObject rollout, Order order) {
        var serving = servingImage(order, rollout);
        if (!serving.equals(image(rollout))) {
            throw changedByOthers(rollout);
        }
        if (!rollout.isObserved() || rollout.isUnpausing()) {
            return new Answer.Pending(rollout.name() + ": the controller has not seen the change yet.");
        }
        if (isAtRest(rollout)) {
            return new Answer.Done(rollout.name() + " has " + serving + " alone.");
        }
        // The way back has no steps. The controller skips them by itself only where the template is the stable one.
        if (!rollout.isPromoted() && !rollout.isPromotingFully()) {
            changeStatus(rollout, "\"promoteFull\":true");
        } else if (rollout.isStuck()) {
            return new Answer.Failed(rollout.name() + " is stuck. " + rollout.inWords());
        }
        return new Answer.Pending(rollout.name() + ": " + rollout.inWords());
    }

    private static boolean isAtRest(RolloutObject rollout) {
        return rollout.isObserved() && rollout.isPromoted() && rollout.isHealthy();
    }

    @Override
    public Answer outcome(Order order) {
        var rollout = read();
        var stamp = rollout.stamp();
        if (!stamp.isOf(order)) {
            throw stamp.superseded(rollout.name(), order);
        }
        if (stamp.action() == Action.ROLL_BACK) {
            return followRollBack(rollout, order);
        }
        return goTo(stamp.action() == Action.SHIFT ? order.weight() : 0, rollout, order);
    }

    @Override
    public State state(Order order) {
        var rollout = read();
        if (!rollout.isObserved()) {
            return new State.Unknown(rollout.name() + ": the controller has not seen the last change yet");
        }
        var version = settings.imageOf(order.version());
        var serving = order.servingVersion() == null ? null : settings.imageOf(order.servingVersion());
        var now = image(rollout);
        var isVersion = version.equals(now);
        if (!isVersion && serving != null && !serving.equals(now)) {
            return new State.Unknown(rollout.name() + " has neither version but " + now);
        }
        if (!rollout.hasWeights()) {
            var sets = cluster.replicaSets(rollout.resource(), rollout.selector());
            return new ReadyPods(sets, settings.container()).share(version, serving);
        }
        if (rollout.isPromoted()) {
            // Traffic may still be on its way back from the pods of the template before.
            return new State.Serving(isVersion ? ALL : rollout.canaryShare());
        }
        return new State.Serving(isVersion ? rollout.canaryShare() : ALL - rollout.canaryShare());
    }

    private String servingImage(Order order, RolloutObject rollout) {
        if (order.servingVersion() != null) {
            return settings.imageOf(order.servingVersion());
        }
        if (settings.imageOf(order.version()).equals(image(rollout))) {
            throw new Refused("Nobody knows which version served before, and " + rollout.name() + " has "
                    + image(rollout) + " already. Set its image by hand, and rollout.serving in the service"
                    + " definition for the next time.");
        }
        return image(rollout);
    }

    private RolloutObject read() {
        var rollout = new RolloutObject(cluster.rollout(settings.name()));
        rollout.refuseOtherKinds();
        index(rollout);
        return rollout;
    }

    private RolloutObject changed(RolloutObject rollout, Order order, Action action, String image) {
        var change = new Change(rollout.resource().getMetadata())
                .stamp(order, action, clock.instant())
                .image(index(rollout), image);
        return new RolloutObject(cluster.change(rollout.resource(), change));
    }

    /** Holds for the version that was read: a pause that somebody else has just ended must not be ended twice. */
    private RolloutObject changeStatus(RolloutObject rollout, String field) {
        var metadata = rollout.resource().getMetadata();
        return new RolloutObject(cluster.changeStatus(
                metadata.getName(),
                "{\"metadata\":{\"resourceVersion\":\"" + metadata.getResourceVersion() + "\"},\"status\":{" + field
                        + "}}"));
    }

    private int index(RolloutObject rollout) {
        return Deployments.index(rollout.name(), rollout.template(), settings.container());
    }

    private String image(RolloutObject rollout) {
        return Deployments.image(rollout.template(), settings.container());
    }

    private static void refusePaused(RolloutObject rollout) {
        if (rollout.isPausedByHand()) {
            throw new Refused(rollout.name() + " is paused by hand (spec.paused), so that it would not go on. Set it to"
                    + " false.");
        }
    }

    private Refused changedByOthers(RolloutObject rollout) {
        return new Refused(rollout.name() + " was changed by somebody else while Slipway followed it: it has "
                + image(rollout) + ".");
    }
}
