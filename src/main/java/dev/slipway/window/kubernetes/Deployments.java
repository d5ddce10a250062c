package dev.slipway.window.kubernetes;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;

/** What the specs of workloads say. */
final class Deployments {

    private Deployments() {}

    /** @return how many pods are wanted; 1 where nobody said */
    static int replicas(Deployment deployment) {
        var replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    /**
     * @return which of the containers it is, from 0
     * @throws Refused where there is none, naming those that there are
     */
    static int index(String object, PodTemplateSpec template, String container) {
        var names = containers(template).stream().map(Container::getName).toList();
        var index = names.indexOf(container);
        if (index < 0) {
            throw new Refused(object + " has no container " + container + "; there is " + String.join(", ", names)
                    + ". Correct container in the service definition.");
        }
        return index;
    }

    /** @return null where there is no such container */
    static String image(PodTemplateSpec template, String container) {
        return containers(template).stream()
                .filter(one -> container.equals(one.getName()))
                .map(Container::getImage)
                .findFirst()
                .orElse(null);
    }

    private static List<Container> containers(PodTemplateSpec template) {
        return template.getSpec().getContainers();
    }
}
