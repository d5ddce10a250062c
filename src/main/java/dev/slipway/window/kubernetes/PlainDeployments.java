package dev.slipway.window.kubernetes;

import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * One Deployment that serves and, if named, one beside it for the canary, both behind one Service, which gives every
 * ready pod the same share. The one that serves keeps all its pods until it gets the version itself, so that the way
 * back never waits for pods to start; the canary has as many beside them as make up the weight.
 */
final class PlainDeployments implements Workload {

    private static final State ALL = new State.Serving(100);

    private final Cluster cluster;
    private final KubernetesSettings settings;
    private final Clock clock;

    PlainDeployments(Cluster cluster, KubernetesSettings settings, Clock clock) {
        this.cluster = cluster;
        this.settings = settings;
        this.clock = clock;
    }

    /** The canary gets the image and no pods. */
    @Override
    public Answer deploy(Order order) {
        var image = settings.imageOf(order.version());
        var stable = stable();
        if (settings.canary() == null) {
            refusePaused(stable);
            return new Answer.Done(
                    "Nothing is to be prepared: " + settings.name() + " gets " + image + " together with the traffic.");
        }
        var canary = canary();
        refusePaused(canary);
        var prepared = image.equals(image(canary))
                && (Deployments.replicas(canary) == 0
                        || Stamp.of(canary.getMetadata()).isOfRelease(order));
        if (!prepared) {
            cluster.change(
                    canary,
                    stamped(canary, order, Action.DEPLOY)
                            .image(index(canary), image)
                            .replicas(0));
        }
        return new Answer.Done(settings.canary() + " has " + image + " and no pods yet.");
    }

    @Override
    public Answer shift(Order order) {
        if (order.weight() <= 0) {
            return rollBack(order);
        }
        return order.weight() < 100 ? share(order) : promote(order);
    }

    private Answer share(Order order) {
        if (settings.canary() == null) {
            throw new Refused("One Deployment gives a version all traffic or none, not "
                    + CanaryShare.percent(order.weight())
                    + ". Name a second one in setting canary, or give the rollout one step of 100.");
        }
        var image = settings.imageOf(order.version());
        var stable = stable();
        var canary = canary();
        if (Stamp.of(canary.getMetadata()).isOf(order)) {
            return followShare(order, stable, canary);
        }
        if (image.equals(image(stable))) {
            throw new Refused(settings.name() + " has " + image + " already, so that it has all traffic.");
        }
        refusePaused(canary);
        var serving = Deployments.replicas(stable);
        var most = settings.canaryPods() == 0 ? serving : settings.canaryPods();
        var pods = new CanaryShare(serving, most, settings.tolerance()).podsFor(order.weight());
        var changed = cluster.change(
                canary,
                stamped(canary, order, Action.SHIFT).image(index(canary), image).replicas(pods));
        return followShare(order, stable, changed);
    }

    private Answer followShare(Order order, Deployment stable, Deployment canary) {
        var pods = Deployments.replicas(canary);
        if (pods == 0 || !settings.imageOf(order.version()).equals(image(canary))) {
            throw changedByOthers(canary);
        }
        var progress = Progress.of(canary);
        if (progress instanceof Progress.UnderWay way && isLate(canary)) {
            return new Answer.Failed(way.where() + ", after " + settings.readyWithin() + ".");
        }
        var serving = Deployments.replicas(stable);
        return answer(
                progress,
                pods + " of " + (pods + serving) + " pods, "
                        + CanaryShare.percent(new CanaryShare(serving, pods, 0).of(pods)) + ".");
    }

    /** Kubernetes keeps no deadline for pods that are only added; so it is kept here. */
    private boolean isLate(Deployment canary) {
        var since = Stamp.of(canary.getMetadata()).since();
        return since != null && clock.instant().isAfter(since.plus(settings.readyWithin()));
    }

    private Answer promote(Order order) {
        var stable = stable();
        if (!Stamp.of(stable.getMetadata()).isOf(order)) {
            refusePaused(stable);
            stable = cluster.change(
                    stable,
                    stamped(stable, order, Action.SHIFT).image(index(stable), settings.imageOf(order.version())));
        }
        return followPromotion(order, stable);
    }

    /** The canary's pods go when those of the Deployment that serves are ready, and not before. */
    private Answer followPromotion(Order order, Deployment stable) {
        if (!settings.imageOf(order.version()).equals(image(stable))) {
            throw changedByOthers(stable);
        }
        var progress = Progress.of(stable);
        if (progress instanceof Progress.Complete && settings.canary() != null) {
            var canary = canary();
            if (Deployments.replicas(canary) > 0) {
                cluster.change(canary, stamped(canary, order, Action.SHIFT).replicas(0));
            }
        }
        return answer(progress, settings.name() + " has " + image(stable) + ".");
    }

    @Override
    public Answer rollBack(Order order) {
        var stable = stable();
        var wanted = servingImage(order, stable);
        var canary = settings.canary() == null ? null : canary();
        // First the canary: its pods are beside those that are needed, and the traffic leaves the version at once.
        if (canary != null && Deployments.replicas(canary) > 0) {
            canary = cluster.change(
                    canary, stamped(canary, order, Action.ROLL_BACK).replicas(0));
        }
        var isThere = wanted.equals(image(stable)) && isAtRest(stable, canary);
        if (!isThere && !Stamp.of(stable.getMetadata()).isOf(order)) {
            if (!wanted.equals(image(stable))) {
                refusePaused(stable);
            }
            stable = cluster.change(
                    stable, stamped(stable, order, Action.ROLL_BACK).image(index(stable), wanted));
        }
        return followRollBack(order, stable, canary);
    }

    private Answer followRollBack(Order order, Deployment stable, Deployment canary) {
        var wanted = servingImage(order, stable);
        if (!wanted.equals(image(stable))) {
            throw changedByOthers(stable);
        }
        if (canary != null && Deployments.replicas(canary) > 0) {
            throw changedByOthers(canary);
        }
        var progress = Progress.of(stable);
        if (progress instanceof Progress.Complete && canary != null) {
            progress = Progress.of(canary);
        }
        return answer(progress, settings.name() + " has " + wanted + " alone.");
    }

    private static boolean isAtRest(Deployment stable, Deployment canary) {
        return Progress.of(stable) instanceof Progress.Complete
                && (canary == null || Progress.of(canary) instanceof Progress.Complete);
    }

    @Override
    public Answer outcome(Order order) {
        var stable = stable();
        var canary = settings.canary() == null ? null : canary();
        var onCanary = canary != null && order.weight() < 100;
        var carrier = onCanary && Stamp.of(canary.getMetadata()).isOf(order) ? canary : stable;
        var stamp = Stamp.of(carrier.getMetadata());
        if (!stamp.isOf(order)) {
            // Not followed any further: a later order must not be undone by what an earlier one had still to do.
            var one = onCanary ? canary : stable;
            throw Stamp.of(one.getMetadata())
                    .superseded("Deployment " + one.getMetadata().getName(), order);
        }
        if (stamp.action() == Action.ROLL_BACK) {
            return followRollBack(order, stable, canary);
        }
        if (stamp.action() == Action.SHIFT) {
            return order.weight() < 100 ? followShare(order, stable, canary) : followPromotion(order, stable);
        }
        return deploy(order);
    }

    @Override
    public State state(Order order) {
        var serving = order.servingVersion() == null ? null : settings.imageOf(order.servingVersion());
        var stable = stable();
        var canary = settings.canary() == null ? null : canary();
        List<ReplicaSet> sets = new ArrayList<>(sets(stable));
        if (canary != null) {
            sets.addAll(sets(canary));
        }
        var share = new ReadyPods(sets, settings.container()).share(settings.imageOf(order.version()), serving);
        return share.equals(ALL) ? allOrUnfinished(stable, canary) : share;
    }

    /** All ready pods may run a version while others of it don't start, or while the canary's are still to go. */
    private static State allOrUnfinished(Deployment stable, Deployment canary) {
        if (Progress.of(stable) instanceof Progress.Stuck stuck) {
            return new State.Unknown(stuck.why());
        }
        if (Progress.of(stable) instanceof Progress.UnderWay way) {
            return new State.Unknown(way.where());
        }
        return canary != null && Deployments.replicas(canary) > 0
                ? new State.Unknown(
                        canary.getMetadata().getName() + " still has " + Deployments.replicas(canary) + " pods")
                : ALL;
    }

    private List<ReplicaSet> sets(Deployment deployment) {
        return cluster.replicaSets(deployment, deployment.getSpec().getSelector());
    }

    private String servingImage(Order order, Deployment stable) {
        if (order.servingVersion() != null) {
            return settings.imageOf(order.servingVersion());
        }
        if (settings.imageOf(order.version()).equals(image(stable))) {
            throw new Refused("Nobody knows which version served before, and " + settings.name() + " has "
                    + image(stable) + " already. Set its image by hand, and rollout.serving in the service"
                    + " definition for the next time.");
        }
        return image(stable);
    }

    private Deployment stable() {
        return checked(cluster.deployment(settings.name()));
    }

    private Deployment canary() {
        return checked(cluster.deployment(settings.canary()));
    }

    private Deployment checked(Deployment deployment) {
        index(deployment);
        return deployment;
    }

    private int index(Deployment deployment) {
        return Deployments.index(
                "Deployment " + deployment.getMetadata().getName(),
                deployment.getSpec().getTemplate(),
                settings.container());
    }

    private String image(Deployment deployment) {
        return Deployments.image(deployment.getSpec().getTemplate(), settings.container());
    }

    private Change stamped(Deployment read, Order order, Action action) {
        return new Change(read.getMetadata())
                .stamp(order, action, clock.instant())
                .afterDeadline(Progress.passedDeadline(read));
    }

    private static void refusePaused(Deployment deployment) {
        if (Boolean.TRUE.equals(deployment.getSpec().getPaused())) {
            var name = deployment.getMetadata().getName();
            throw new Refused("Deployment " + name + " is paused, so that nothing would follow a change. Resume it: "
                    + "kubectl rollout resume deployment/" + name + ".");
        }
    }

    private Refused changedByOthers(Deployment deployment) {
        return new Refused("Deployment " + deployment.getMetadata().getName()
                + " was changed by somebody else while Slipway followed it: it has " + image(deployment) + " and "
                + Deployments.replicas(deployment) + " pods.");
    }

    private static Answer answer(Progress progress, String done) {
        if (progress instanceof Progress.Stuck stuck) {
            return new Answer.Failed(stuck.why());
        }
        return progress instanceof Progress.UnderWay way
                ? new Answer.Pending(way.where() + ".")
                : new Answer.Done(done);
    }
}
