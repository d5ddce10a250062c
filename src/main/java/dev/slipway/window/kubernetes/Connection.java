package dev.slipway.window.kubernetes;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a cluster is reached: by address, by a context of a kubeconfig, or as the service account of the pod.
 *
 * @param server        address of the API server; null where one of the other ways is taken
 * @param token         sent to {@code server}
 * @param caCertificate PEM file whose authorities alone are trusted; null for those of the Java runtime
 * @param context       name of a context; null where one of the other ways is taken
 * @param kubeconfig    where {@code context} stands
 * @param inCluster     whether the pod's own service account is used
 * @param timeout       of one request with its answer
 */
record Connection(
        String server,
        String token,
        Path caCertificate,
        String context,
        Path kubeconfig,
        boolean inCluster,
        Duration timeout) {

    /** Shows no token. */
    @Override
    public String toString() {
        return inCluster ? "the cluster of this pod" : context == null ? server : "context " + context;
    }
}
