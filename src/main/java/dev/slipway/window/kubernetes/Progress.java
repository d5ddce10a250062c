package dev.slipway.window.kubernetes;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** How far a Deployment is on its way to what its spec asks for, by the rules of {@code kubectl rollout status}. */
sealed interface Progress {

    record Complete() implements Progress {}

    /** @param where how far, in words */
    record UnderWay(String where) implements Progress {}

    /** @param why what Kubernetes says; it has given up waiting, though not trying */
    record Stuck(String why) implements Progress {}

    static Progress of(Deployment deployment) {
        var name = deployment.getMetadata().getName();
        var status = deployment.getStatus();
        if (status == null
                || status.getObservedGeneration() == null
                || status.getObservedGeneration()
                        < orZero(deployment.getMetadata().getGeneration())) {
            return new UnderWay(name + ": Kubernetes has not seen the change yet");
        }
        var conditions = conditions(deployment);
        var late = late(conditions);
        if (late.isPresent() && !passed(late.get()).equals(Stamp.passedDeadline(deployment.getMetadata()))) {
            return new Stuck(name + ": " + words(late.get()) + failures(conditions));
        }
        var wanted = Deployments.replicas(deployment);
        var updated = orZero(status.getUpdatedReplicas());
        var existing = orZero(status.getReplicas());
        var available = orZero(status.getAvailableReplicas());
        if (updated < wanted) {
            return new UnderWay(name + ": " + updated + " of " + wanted + " pods are updated" + failures(conditions));
        }
        if (existing > updated) {
            return new UnderWay(name + ": " + (existing - updated) + " old pods are still there");
        }
        if (existing > wanted) {
            return new UnderWay(name + ": " + (existing - wanted) + " pods too many are still there");
        }
        if (available < wanted) {
            return new UnderWay(name + ": " + available + " of " + wanted + " pods are ready" + failures(conditions));
        }
        return new Complete();
    }

    /** @return when the deadline passed of what is there now; empty where it has not */
    static String passedDeadline(Deployment deployment) {
        return late(conditions(deployment)).map(Progress::passed).orElse("");
    }

    private static Optional<DeploymentCondition> late(List<DeploymentCondition> conditions) {
        return conditions.stream()
                .filter(one -> "ProgressDeadlineExceeded".equals(one.getReason()))
                .findFirst();
    }

    private static String passed(DeploymentCondition late) {
        return Objects.requireNonNullElse(late.getLastUpdateTime(), "at some time");
    }

    private static List<DeploymentCondition> conditions(Deployment deployment) {
        var status = deployment.getStatus();
        return status == null || status.getConditions() == null ? List.of() : status.getConditions();
    }

    /** A quota or an admission rule that keeps pods from being made stands here and nowhere else. */
    private static String failures(List<DeploymentCondition> conditions) {
        return conditions.stream()
                .filter(one -> "ReplicaFailure".equals(one.getType()) && "True".equals(one.getStatus()))
                .map(Progress::words)
                .findFirst()
                .map(words -> "; " + words)
                .orElse("");
    }

    private static String words(DeploymentCondition condition) {
        return Objects.requireNonNullElse(condition.getMessage(), condition.getReason());
    }

    private static long orZero(Number number) {
        return number == null ? 0 : number.longValue();
    }
}
