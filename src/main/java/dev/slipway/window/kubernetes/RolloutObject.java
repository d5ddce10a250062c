package dev.slipway.window.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A Rollout as it was read (argoproj.io/v1alpha1), with the meaning that the controller gives to its fields: see
 * {@code utils/rollout} and {@code utils/replicaset/canary.go} of Argo Rollouts 1.x.
 */
final class RolloutObject {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double ALL = 100;

    private final GenericKubernetesResource resource;
    private final JsonNode root;

    RolloutObject(GenericKubernetesResource resource) {
        this.resource = resource;
        this.root = JSON.valueToTree(resource);
    }

    GenericKubernetesResource resource() {
        return resource;
    }

    String name() {
        return "Rollout " + resource.getMetadata().getName();
    }

    Stamp stamp() {
        return Stamp.of(resource.getMetadata());
    }

    /** @throws Refused where Slipway does not drive such a Rollout */
    void refuseOtherKinds() {
        if (root.at("/spec/workloadRef").isObject()) {
            throw new Refused(name() + " takes its pods from another object (spec.workloadRef), which Slipway does not"
                    + " drive. Move the template into the Rollout.");
        }
        if (!root.at("/spec/strategy/canary").isObject()) {
            throw new Refused(
                    name() + " has no strategy canary. Slipway gives weights step by step; blueGreen has" + " none.");
        }
    }

    PodTemplateSpec template() {
        return JSON.convertValue(root.at("/spec/template"), PodTemplateSpec.class);
    }

    LabelSelector selector() {
        return JSON.convertValue(root.at("/spec/selector"), LabelSelector.class);
    }

    boolean isPausedByHand() {
        return root.at("/spec/paused").asBoolean();
    }

    /** @return whether the status speaks of this spec and not of an earlier one */
    boolean isObserved() {
        return root.at("/status/observedGeneration")
                .asText()
                .equals(String.valueOf(resource.getMetadata().getGeneration()));
    }

    /** @return whether a pause was ended and the controller has not gone on yet */
    boolean isUnpausing() {
        return root.at("/status/controllerPause").asBoolean() && pauses().isEmpty();
    }

    /** @return whether the template is the stable one: nothing is under way */
    boolean isPromoted() {
        var stable = stableHash();
        return !stable.isEmpty()
                && stable.equals(root.at("/status/currentPodHash").asText());
    }

    String stableHash() {
        return root.at("/status/stableRS").asText();
    }

    boolean isAborted() {
        return root.at("/status/abort").asBoolean();
    }

    boolean isPromotingFully() {
        return root.at("/status/promoteFull").asBoolean();
    }

    boolean isHealthy() {
        return phase().equals("Healthy");
    }

    /**
     * @return whether the controller has given up waiting. That it was aborted stays its word for a moment after the
     *     abort was taken back.
     */
    boolean isStuck() {
        return phase().equals("Degraded")
                && (isAborted() || !root.at("/status/message").asText().startsWith("RolloutAborted"));
    }

    /** @return phase and reason, for people */
    String inWords() {
        var message = root.at("/status/message").asText();
        return phase().isEmpty() ? "no phase yet" : phase() + (message.isEmpty() ? "" : ": " + message);
    }

    private String phase() {
        return root.at("/status/phase").asText();
    }

    /** @return why it is paused; empty where it is not */
    List<String> pauses() {
        var reasons = new ArrayList<String>();
        root.at("/status/pauseConditions")
                .forEach(one -> reasons.add(one.path("reason").asText()));
        return reasons;
    }

    /** @return whether it waits at a step for somebody to say "go on" */
    boolean isPausedAtStep() {
        return pauses().contains("CanaryPauseStep");
    }

    private JsonNode steps() {
        return root.at("/spec/strategy/canary/steps");
    }

    /**
     * @throws Refused where the Rollout would go on to another weight by itself
     */
    void refuseStepsOfItsOwn() {
        var steps = steps();
        var open = -1;
        for (var at = 0; at < steps.size(); at++) {
            var step = steps.get(at);
            if (step.path("pause").has("duration")) {
                throw new Refused(
                        "Step " + (at + 1) + " of " + name() + " is a pause that ends by itself. Slipway bakes"
                                + " and judges each step; write `pause: {}`.");
            }
            if (step.has("pause")) {
                open = -1;
            }
            if (step.has("setWeight")) {
                refuseOpen(open);
                open = step.path("setWeight").asInt() < ALL ? at : -1;
            }
        }
        refuseOpen(open);
    }

    private void refuseOpen(int step) {
        if (step >= 0) {
            throw new Refused("Step " + (step + 1) + " of " + name() + " (setWeight: "
                    + steps().get(step).path("setWeight").asInt()
                    + ") is not followed by `pause: {}`, so that the Rollout would go on by itself. Add it.");
        }
    }

    /** @return whether it waits at a step before the version gets any traffic */
    boolean waitsWithoutTraffic() {
        for (var step : steps()) {
            if (step.path("setWeight").asInt() > 0) {
                return false;
            }
            if (step.has("pause")) {
                return true;
            }
        }
        return false;
    }

    /** @throws Refused where no step has that weight, naming those that there are */
    void refuseUnknown(double weight) {
        var weights = new TreeSet<Integer>();
        steps().forEach(step -> {
            if (step.has("setWeight")) {
                weights.add(step.path("setWeight").asInt());
            }
        });
        weights.add((int) ALL);
        if (weights.stream().noneMatch(one -> one == weight)) {
            throw new Refused("No step of " + name() + " has a weight of " + CanaryShare.percent(weight)
                    + "; there are "
                    + weights.stream().map(CanaryShare::percent).collect(Collectors.joining(", "))
                    + ". Give the rollout the weights of the Rollout's steps.");
        }
    }

    /** @return the weight of the step that it is at; the last one that was set counts, and 100 after the last step */
    int stepWeight() {
        var steps = steps();
        var at = root.at("/status/currentStepIndex").asInt();
        if (at >= steps.size()) {
            return (int) ALL;
        }
        for (; at >= 0; at--) {
            if (steps.get(at).has("setWeight")) {
                return steps.get(at).path("setWeight").asInt();
            }
        }
        return 0;
    }

    /** @return whether a router splits traffic by weight; without one the share of pods does */
    boolean hasWeights() {
        return root.at("/status/canary/weights").isObject();
    }

    /** @return percentage that the router gives the canary; the router may count to another number than 100 */
    double canaryShare() {
        var canary = root.at("/status/canary/weights/canary/weight").asDouble();
        var all = canary + root.at("/status/canary/weights/stable/weight").asDouble();
        return all <= 0 ? 0 : ALL * canary / all;
    }
}
