package dev.slipway.window.kubernetes;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import jakarta.annotation.PreDestroy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Deployer {@code kubernetes}: sets the image of a container and follows what Kubernetes makes of it. Settings:
 *
 * <ul>
 *   <li>{@code workload}: {@code deployment} (default) or {@code argo-rollout};
 *   <li>the cluster, in one of three ways: {@code server} (https) with {@code token} and, if wanted,
 *       {@code caCertificate} (PEM file, trusted alone); {@code context} of {@code kubeconfig} (default
 *       {@code .kube/config} in the home directory); {@code inCluster: true} for the pod's service account;
 *   <li>{@code namespace}, {@code container}, {@code image} with {@code $version}: required;
 *   <li>{@code timeout}: of one request with its answer, 1 s to 30 s, default 10 s;
 *   <li>of {@code deployment}: {@code deployment} (required) and {@code canary}, the names of two Deployments;
 *       {@code tolerance}: by how many points a weight may be missed, 0 to 50, default 5; {@code canaryPods}: how many
 *       pods the canary may have, 1 to 1,000, default as many as serve; {@code readyWithin}: how long its pods may take
 *       to become ready, 10 s to 1 h, default 10 min;
 *   <li>of {@code argo-rollout}: {@code rollout} (required), the name of the Rollout.
 * </ul>
 *
 * <p>What takes time is answered with {@link Deployer.Answer.Pending}; {@link #outcome} looks on, and makes the next
 * change where one waited for pods to be ready. What the API server answers with 400, 401, 403, 404 or 422 is
 * {@link Deployer.Answer.Failed} with its message, and so is a rollout past its progress deadline, a Rollout that is
 * degraded or aborted, and an object that somebody else has changed meanwhile. 409 lets the decision be taken anew, a
 * few times. 408, 425, 429, 5xx, silence and a broken connection are technical failures.
 */
@Component
class KubernetesDeployer implements Deployer {

    private static final int TRIES = 5;

    private final Clusters clusters;
    private final Clock clock;

    @Autowired
    KubernetesDeployer(Clock clock) {
        this(new Clusters(System.getenv(), Path.of("/var/run/secrets/kubernetes.io/serviceaccount")), clock);
    }

    KubernetesDeployer(Clusters clusters, Clock clock) {
        this.clusters = clusters;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "kubernetes";
    }

    @Override
    public List<String> problems(Settings settings) {
        return KubernetesSettings.problems(settings);
    }

    @Override
    public boolean isSamePlace(Settings one, Settings other) {
        return KubernetesSettings.mayBeSamePlace(one, other);
    }

    @Override
    public Answer deploy(Order order) {
        return answer(order, workload -> workload.deploy(order));
    }

    @Override
    public Answer shift(Order order) {
        return answer(order, workload -> workload.shift(order));
    }

    @Override
    public Answer rollBack(Order order) {
        return answer(order, workload -> workload.rollBack(order));
    }

    @Override
    public Answer outcome(Order order) {
        return answer(order, workload -> workload.outcome(order));
    }

    @Override
    public State state(Order order) {
        try {
            return workload(order).state(order);
        } catch (Refused e) {
            return new State.Unknown(e.getMessage());
        }
    }

    private Answer answer(Order order, Function<Workload, Answer> action) {
        Conflict last = null;
        for (var attempt = 0; attempt < TRIES; attempt++) {
            try {
                return action.apply(workload(order));
            } catch (Conflict e) {
                last = e;
            } catch (Refused e) {
                return new Answer.Failed(e.getMessage());
            }
        }
        var message = last.getMessage() + ", " + TRIES + " times in a row.";
        throw new UncheckedIOException(message, new IOException(message));
    }

    private Workload workload(Order order) {
        var settings = KubernetesSettings.of(order.settings());
        var cluster = clusters.of(settings);
        return settings.isRollout()
                ? new ArgoRollout(cluster, settings, clock)
                : new PlainDeployments(cluster, settings, clock);
    }

    @PreDestroy
    void close() {
        clusters.close();
    }
}
