package dev.slipway.window.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The clusters that were asked lately, each with one client. Nothing is taken from the environment that the settings
 * don't name: a forgotten kubeconfig must not decide where a version is deployed.
 */
final class Clusters implements AutoCloseable {

    private static final int MOST = 32;
    private static final long LARGEST_ANSWER = 8L * 1024 * 1024;

    private final Map<String, String> environment;
    private final Path serviceAccount;
    private final ExecutorService askers = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "kubernetes");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<Known, KubernetesClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    /** A client reads its files once: with the time at which they were written, a new certificate has a new client. */
    private record Known(Connection connection, FileTime certificate, FileTime kubeconfig) {}

    /**
     * @param environment    of the process
     * @param serviceAccount where Kubernetes puts the token of a pod's service account
     */
    Clusters(Map<String, String> environment, Path serviceAccount) {
        this.environment = environment;
        this.serviceAccount = serviceAccount;
    }

    Cluster of(KubernetesSettings settings) {
        var connection = settings.connection();
        try {
            return new Cluster(client(connection), askers, connection.timeout(), settings.namespace());
        } catch (IOException e) {
            throw new UncheckedIOException("The cluster can't be reached: " + e.getMessage() + ".", e);
        }
    }

    private synchronized KubernetesClient client(Connection connection) throws IOException {
        var known = new Known(connection, written(connection.caCertificate()), written(connection.kubeconfig()));
        var client = clients.get(known);
        if (client == null) {
            client = open(config(connection));
            clients.put(known, client);
            if (clients.size() > MOST) {
                var oldest = clients.entrySet().iterator();
                oldest.next().getValue().close();
                oldest.remove();
            }
        }
        return client;
    }

    private static FileTime written(Path file) throws IOException {
        if (file == null) {
            return null;
        }
        if (!Files.isReadable(file)) {
            throw new IOException("there is no readable file " + file);
        }
        return Files.getLastModifiedTime(file);
    }

    private Config config(Connection connection) throws IOException {
        var bound = (int) connection.timeout().toMillis();
        return new ConfigBuilder(where(connection))
                .withTrustCerts(false)
                .withDisableHostnameVerification(false)
                .withConnectionTimeout(bound)
                .withRequestTimeout(bound)
                // The engine tries again, and tells people when it gives up.
                .withRequestRetryBackoffLimit(0)
                .build();
    }

    private Config where(Connection connection) throws IOException {
        if (connection.inCluster()) {
            return inCluster();
        }
        if (connection.context() != null) {
            return fromKubeconfig(connection);
        }
        var config = new ConfigBuilder(Config.empty())
                .withMasterUrl(connection.server())
                .withOauthToken(connection.token());
        if (connection.caCertificate() != null) {
            config.withCaCertFile(connection.caCertificate().toString());
        }
        return config.build();
    }

    private static Config fromKubeconfig(Connection connection) throws IOException {
        try {
            return Config.fromKubeconfig(
                    connection.context(), connection.kubeconfig().toFile());
        } catch (RuntimeException e) {
            // Without its cause: the parser quotes the file, and there are secrets in it.
            throw new IOException(connection.kubeconfig() + " can't be read as a kubeconfig");
        }
    }

    private Config inCluster() throws IOException {
        var host = environment.get("KUBERNETES_SERVICE_HOST");
        var port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        var token = serviceAccount.resolve("token");
        if (host == null || !Files.isReadable(token)) {
            throw new IOException("inCluster is true, but this is no pod with a service account");
        }
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
                .withCaCertFile(serviceAccount.resolve("ca.crt").toString())
                // Read for every request: Kubernetes renews it about every hour.
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    private static String read(Path token) {
        try {
            return Files.readString(token).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("The token of the service account can't be read.", e);
        }
    }

    private static KubernetesClient open(Config config) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new Plainly())
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("largest answer", new AtMost(LARGEST_ANSWER)))
                // Classes are named where they are used: no search through the class path.
                .withKubernetesSerialization(new KubernetesSerialization(new ObjectMapper(), false))
                .build();
    }

    @Override
    public synchronized void close() {
        askers.shutdownNow();
        clients.values().forEach(KubernetesClient::close);
        clients.clear();
    }

    /** A redirect would carry the token elsewhere, and changes are too small to ask first whether they may be sent. */
    private static final class Plainly extends JdkHttpClientFactory {

        @Override
        protected void additionalConfig(HttpClient.Builder builder) {
            builder.followRedirects(HttpClient.Redirect.NEVER);
        }

        @Override
        protected boolean useExpectContinue() {
            return false;
        }
    }

    /** Stops reading an answer that is too large. */
    private record AtMost(long bytes) implements Interceptor {

        @Override
        public AsyncBody.Consumer<List<ByteBuffer>> consumer(
                AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
            var read = new AtomicLong();
            return new AsyncBody.Consumer<>() {
                @Override
                public void consume(List<ByteBuffer> value, AsyncBody body) throws Exception {
                    var size = value.stream().mapToLong(ByteBuffer::remaining).sum();
                    if (read.addAndGet(size) > bytes) {
                        // The client lets go of the connection and hands this on.
                        throw new IOException("the answer is larger than " + bytes + " bytes");
                    }
                    consumer.consume(value, body);
                }

                @Override
                public <U> U unwrap(Class<U> target) {
                    return consumer.unwrap(target);
                }
            };
        }
    }
}
