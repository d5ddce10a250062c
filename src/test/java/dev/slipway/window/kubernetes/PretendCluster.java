package dev.slipway.window.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentConditionBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStatusBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The API server of fabric8's mock, which keeps objects, their versions and generations. No controller runs in it: what
 * controllers would write into a status, the tests write.
 */
final class PretendCluster implements BeforeEachCallback, AfterEachCallback {

    static final String TOKEN = "an-open-secret";
    static final String SHOP = "registry.example.com/shop/checkout:";

    private static final CustomResourceDefinitionContext ROLLOUTS = new CustomResourceDefinitionContext.Builder()
            .withGroup("argoproj.io")
            .withVersion("v1alpha1")
            .withKind("Rollout")
            .withPlural("rollouts")
            .withScope("Namespaced")
            .withStatusSubresource(true)
            .build();

    /** It tells every request; kept here, since a logger that nobody holds forgets its level. */
    private static final Logger TALKATIVE = Logger.getLogger("io.fabric8.mockwebserver");

    KubernetesMockServer server;
    KubernetesClient client;

    private final List<KubernetesDeployer> deployers = new ArrayList<>();
    private Instant now = Instant.parse("2026-03-02T10:00:00Z");

    @Override
    public void beforeEach(ExtensionContext context) {
        TALKATIVE.setLevel(Level.WARNING);
        var responses = new HashMap<ServerRequest, Queue<ServerResponse>>();
        server = new KubernetesMockServer(
                new Context(), new MockWebServer(), responses, new KubernetesMixedDispatcher(responses), false);
        server.init();
        server.expectCustomResource(ROLLOUTS);
        client = server.createClient();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        deployers.forEach(KubernetesDeployer::close);
        deployers.clear();
        client.close();
        server.destroy();
    }

    /** @return one as after a start: it remembers nothing */
    KubernetesDeployer deployer() {
        var deployer =
                new KubernetesDeployer(new Clusters(Map.of(), Path.of("nowhere")), Clock.fixed(now, ZoneOffset.UTC));
        deployers.add(deployer);
        return deployer;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Settings settings(Map<String, Object> more) {
        var values = new LinkedHashMap<String, Object>(Map.of(
                "server",
                "http://localhost:" + server.getPort(),
                "token",
                TOKEN,
                "namespace",
                "shop",
                "container",
                "app",
                "image",
                SHOP + "$version",
                "timeout",
                "PT10S"));
        values.putAll(more);
        return new Settings(values);
    }

    static Deployer.Order order(String what, double weight, Settings settings) {
        return new Deployer.Order(
                "REL-42:" + what, "REL-42", "checkout", "1.5.0", "1.4.0", weight, settings, null, null);
    }

    static Deployer.Order withoutServing(Deployer.Order order) {
        return new Deployer.Order(
                order.key(),
                order.release(),
                order.service(),
                order.version(),
                null,
                order.weight(),
                order.settings(),
                null,
                null);
    }

    /** At rest, with all pods ready. */
    Deployment given(String name, String image, int replicas) {
        client.resource(new DeploymentBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("shop")
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(replicas)
                        .withNewSelector()
                        .addToMatchLabels("app", name)
                        .endSelector()
                        .withNewTemplate()
                        .withNewMetadata()
                        .addToLabels("app", name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("proxy")
                        .withImage("registry.example.com/proxy:3")
                        .endContainer()
                        .addNewContainer()
                        .withName("app")
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .build())
                .create();
        ready(name);
        return deployment(name);
    }

    Deployment deployment(String name) {
        return deployments(name).get();
    }

    Resource<Deployment> deployments(String name) {
        return client.apps().deployments().inNamespace("shop").withName(name);
    }

    String image(String name) {
        return deployment(name)
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(1)
                .getImage();
    }

    int replicas(String name) {
        return deployment(name).getSpec().getReplicas();
    }

    String annotation(String name) {
        return deployment(name).getMetadata().getAnnotations().get("slipway.dev/order");
    }

    /** What the controller writes when all pods are ready. */
    void ready(String name) {
        var wanted = replicas(name);
        status(name, wanted, wanted, wanted, null, null);
        pods(name, image(name), wanted);
    }

    /** What the controller writes; {@code reason} is of a condition of type Progressing. */
    void status(String name, int existing, int updated, int available, String reason, String message) {
        var deployment = deployment(name);
        var status = new DeploymentStatusBuilder()
                .withObservedGeneration(deployment.getMetadata().getGeneration())
                .withReplicas(existing)
                .withUpdatedReplicas(updated)
                .withAvailableReplicas(available)
                .withReadyReplicas(available);
        if (reason != null) {
            status.withConditions(new DeploymentConditionBuilder()
                    .withType(reason.equals("FailedCreate") ? "ReplicaFailure" : "Progressing")
                    .withStatus(reason.equals("FailedCreate") ? "True" : "False")
                    .withReason(reason)
                    .withMessage(message)
                    .withLastUpdateTime("2026-03-02T09:59:00Z")
                    .build());
        }
        deployment.setStatus(status.build());
        client.resource(deployment).updateStatus();
    }

    /** Ready pods of one image, as their ReplicaSet counts them; all others of that owner are gone. */
    void pods(String owner, String image, int ready) {
        client.apps().replicaSets().inNamespace("shop").withLabel("app", owner).delete();
        morePods(owner, image, ready);
    }

    void morePods(String owner, String image, int ready) {
        var of = deployment(owner);
        pods(owner, "Deployment", of.getMetadata().getUid(), image, ready);
    }

    void pods(String owner, String kind, String uid, String image, int ready) {
        client.resource(new ReplicaSetBuilder()
                        .withNewMetadata()
                        .withName(owner + "-" + Integer.toHexString(image.hashCode()))
                        .withNamespace("shop")
                        .addToLabels("app", owner)
                        .withOwnerReferences(new OwnerReferenceBuilder()
                                .withApiVersion("v1")
                                .withKind(kind)
                                .withName(owner)
                                .withUid(uid)
                                .build())
                        .endMetadata()
                        .withNewSpec()
                        .withReplicas(ready)
                        .withNewSelector()
                        .addToMatchLabels("app", owner)
                        .endSelector()
                        .withNewTemplate()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("app")
                        .withImage(image)
                        .endContainer()
                        .endSpec()
                        .endTemplate()
                        .endSpec()
                        .withNewStatus()
                        .withReplicas(ready)
                        .withReadyReplicas(ready)
                        .endStatus()
                        .build())
                .create();
    }

    Resource<GenericKubernetesResource> rollouts(String name) {
        return client.genericKubernetesResources(ROLLOUTS).inNamespace("shop").withName(name);
    }

    /** A Rollout whose stable version has all traffic; {@code steps} are JSON. */
    void givenRollout(String image, String steps) {
        create("""
                {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout",
                 "metadata": {"name": "checkout", "namespace": "shop"},
                 "spec": {"replicas": 4, "selector": {"matchLabels": {"app": "checkout"}},
                   "strategy": {"canary": {"steps": [%s]}},
                   "template": {"metadata": {"labels": {"app": "checkout"}},
                     "spec": {"containers": [{"name": "app", "image": "%s"}]}}}}
                """.formatted(steps, image));
    }

    void create(String rollout) {
        client.resource(Serialization.unmarshal(rollout, GenericKubernetesResource.class))
                .create();
    }

    /** What the controller writes, which always says which generation it has seen. */
    void rolloutStatus(String status) {
        var generation = rollout().getMetadata().getGeneration();
        var seen = status.isBlank() ? "" : ", " + status;
        rollouts("checkout")
                .subresource("status")
                .patch(
                        PatchContext.of(PatchType.JSON),
                        "[{\"op\": \"add\", \"path\": \"/status\", \"value\": {\"observedGeneration\": \"" + generation
                                + "\"" + seen + "}}]");
    }

    GenericKubernetesResource rollout() {
        return rollouts("checkout").get();
    }

    JsonNode rolloutField(String pointer) {
        return new ObjectMapper().valueToTree(rollout()).at(pointer);
    }

    /** @return where something was changed by Slipway since the last call, the last part of the path */
    List<String> changes() {
        var changes = new ArrayList<String>();
        try {
            for (var request = server.takeRequest(0, TimeUnit.MILLISECONDS);
                    request != null;
                    request = server.takeRequest(0, TimeUnit.MILLISECONDS)) {
                if (request.getMethod().equals("PATCH")
                        && ("Bearer " + TOKEN).equals(request.getHeader("Authorization"))) {
                    changes.add(request.getPath().substring(request.getPath().lastIndexOf('/') + 1));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return changes;
    }
}
