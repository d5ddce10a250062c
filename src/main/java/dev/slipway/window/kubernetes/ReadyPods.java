package dev.slipway.window.kubernetes;

import dev.slipway.window.Deployer;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Ready pods by their image: what a Service spreads traffic over. */
final class ReadyPods {

    private final Map<String, Integer> byImage = new HashMap<>();

    ReadyPods(Collection<ReplicaSet> sets, String container) {
        for (var set : sets) {
            var ready = set.getStatus() == null ? null : set.getStatus().getReadyReplicas();
            if (ready != null && ready > 0) {
                byImage.merge(
                        String.valueOf(Deployments.image(set.getSpec().getTemplate(), container)), ready, Integer::sum);
            }
        }
    }

    /**
     * @param image   of the version in question
     * @param serving of the version that served before; null where nobody knows, so that any other counts as it
     */
    Deployer.State share(String image, String serving) {
        var all = byImage.values().stream().mapToInt(Integer::intValue).sum();
        if (all == 0) {
            return new Deployer.State.Unknown("no pod is ready");
        }
        var others = byImage.entrySet().stream()
                .filter(one -> serving != null
                        && !one.getKey().equals(image)
                        && !one.getKey().equals(serving))
                .toList();
        if (!others.isEmpty()) {
            return new Deployer.State.Unknown(
                    others.stream().mapToInt(Map.Entry::getValue).sum()
                            + " of " + all + " ready pods run neither version but "
                            + others.get(0).getKey());
        }
        return new Deployer.State.Serving(100.0 * byImage.getOrDefault(image, 0) / all);
    }
}
