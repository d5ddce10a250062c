package dev.slipway.window.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * One namespace of a cluster. A refusal of the API server is {@link Refused}, a change that came too late is
 * {@link Conflict}, and whatever else goes wrong is an {@link UncheckedIOException}: it is worth another try.
 */
final class Cluster {

    private static final ResourceDefinitionContext ROLLOUTS = new ResourceDefinitionContext.Builder()
            .withGroup("argoproj.io")
            .withVersion("v1alpha1")
            .withKind("Rollout")
            .withPlural("rollouts")
            .withNamespaced(true)
            .build();
    private static final long MOST_REPLICA_SETS = 500;
    private static final int CONFLICT = 409;
    /** Client errors by their number that say: not now. */
    private static final Set<Integer> NOT_NOW = Set.of(408, 425, 429);

    private static final int LONGEST_MESSAGE = 500;
    /** Shorter ones would turn up in messages by chance. */
    private static final int SHORTEST_SECRET = 4;

    private final KubernetesClient client;
    private final ExecutorService askers;
    private final Duration timeout;
    private final String namespace;

    Cluster(KubernetesClient client, ExecutorService askers, Duration timeout, String namespace) {
        this.client = client;
        this.askers = askers;
        this.timeout = timeout;
        this.namespace = namespace;
    }

    Deployment deployment(String name) {
        return existing("Deployment " + name, deployments(name)::get);
    }

    Deployment change(Deployment read, Change change) {
        var name = read.getMetadata().getName();
        return written("Deployment " + name, deployments(name), change.asJson(), PatchType.JSON);
    }

    GenericKubernetesResource rollout(String name) {
        return existing("Rollout " + name, rollouts(name)::get);
    }

    GenericKubernetesResource change(GenericKubernetesResource read, Change change) {
        var name = read.getMetadata().getName();
        return written("Rollout " + name, rollouts(name), change.asJson(), PatchType.JSON);
    }

    /** @param patch a JSON Merge Patch (RFC 7386) */
    GenericKubernetesResource changeStatus(String name, String patch) {
        var object = "Rollout " + name;
        return ask(
                object,
                client -> rollouts(name).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), patch));
    }

    /** @return those that the owner keeps pods by */
    List<ReplicaSet> replicaSets(HasMetadata owner, LabelSelector selector) {
        var name = owner.getKind() + " " + owner.getMetadata().getName();
        var list = ask(
                "The ReplicaSets of " + name,
                client -> client.apps()
                        .replicaSets()
                        .inNamespace(namespace)
                        .withLabelSelector(selector)
                        .list(new ListOptionsBuilder()
                                .withLimit(MOST_REPLICA_SETS)
                                .build()));
        if (list.getMetadata() != null
                && list.getMetadata().getContinue() != null
                && !list.getMetadata().getContinue().isEmpty()) {
            throw new Refused(name + " selects more than " + MOST_REPLICA_SETS
                    + " ReplicaSets. Lower its revisionHistoryLimit, or make its selector narrower.");
        }
        return list.getItems().stream()
                .filter(one -> one.getMetadata().getOwnerReferences().stream()
                        .map(OwnerReference::getUid)
                        .anyMatch(owner.getMetadata().getUid()::equals))
                .toList();
    }

    private Resource<Deployment> deployments(String name) {
        return client.apps().deployments().inNamespace(namespace).withName(name);
    }

    private Resource<GenericKubernetesResource> rollouts(String name) {
        return client.genericKubernetesResources(ROLLOUTS)
                .inNamespace(namespace)
                .withName(name);
    }

    private <T> T existing(String object, java.util.function.Supplier<T> get) {
        var found = ask(object, client -> get.get());
        if (found == null) {
            throw new Refused("There is no " + object + " in namespace " + namespace + ".");
        }
        return found;
    }

    private <T> T written(String object, Resource<T> resource, String patch, PatchType type) {
        return ask(object, client -> resource.patch(PatchContext.of(type), patch));
    }

    /** The client bounds the head of an answer; here the whole of it is bounded. */
    private <T> T ask(String object, Function<KubernetesClient, T> question) {
        var call = askers.submit(() -> question.apply(client));
        try {
            return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            call.cancel(true);
            throw technical(object, "did not answer within " + timeout, e);
        } catch (InterruptedException e) {
            call.cancel(true);
            Thread.currentThread().interrupt();
            throw technical(object, "was not waited for any longer", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KubernetesClientException answer) {
                throw failure(object, answer);
            }
            throw technical(object, "did not answer: " + said(e.getCause()), e);
        }
    }

    private RuntimeException failure(String object, KubernetesClientException answer) {
        var code = answer.getCode();
        if (code == CONFLICT) {
            return new Conflict(object);
        }
        var reason = answer.getStatus() == null || answer.getStatus().getMessage() == null
                ? "no reason given"
                : shown(answer.getStatus().getMessage());
        if (code >= 400 && code < 500 && !NOT_NOW.contains(code)) {
            return new Refused(object + ": Kubernetes answered " + code + ": " + reason + hint(code));
        }
        return code > 0
                ? technical(object, "answered " + code + ": " + reason, answer)
                : technical(object, "did not answer: " + said(answer), answer);
    }

    private static String hint(int code) {
        return switch (code) {
            case 401 -> " (the token is not accepted)";
            case 403 -> " (the role lacks a permission)";
            default -> "";
        };
    }

    private UncheckedIOException technical(String object, String what, Throwable cause) {
        // Without its cause: what the client says of a request may name headers and addresses.
        var message = object + ": the API server " + what + ".";
        return new UncheckedIOException(
                message, new IOException(cause.getClass().getSimpleName()));
    }

    /** @return the innermost reason, which is the one that people can do something about */
    private String said(Throwable failure) {
        var innermost = failure;
        for (var depth = 0; innermost.getCause() != null && depth < 10; depth++) {
            innermost = innermost.getCause();
        }
        return shown(innermost.getMessage() == null ? innermost.getClass().getSimpleName() : innermost.getMessage());
    }

    private String shown(String text) {
        var shown = text;
        var config = client.getConfiguration();
        for (var secret : new String[] {config.getOauthToken(), config.getAutoOAuthToken(), config.getPassword()}) {
            if (secret != null && secret.length() >= SHORTEST_SECRET) {
                shown = shown.replace(secret, "…");
            }
        }
        return shown.length() > LONGEST_MESSAGE ? shown.substring(0, LONGEST_MESSAGE - 1) + "…" : shown;
    }
}
