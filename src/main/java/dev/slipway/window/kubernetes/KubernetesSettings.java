package dev.slipway.window.kubernetes;

import dev.slipway.catalog.Settings;
import dev.slipway.http.Certificates;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The settings of one service, read.
 *
 * @param name          of the Deployment or the Rollout
 * @param canary        of the Deployment beside it; null where there is none
 * @param container     whose image is the version
 * @param image         with {@code $version}
 * @param tolerance     by how many points a weight may be missed
 * @param canaryPods    how many the canary may have; 0 for as many as the stable Deployment has
 * @param readyWithin   how long the canary's pods may take to become ready
 */
record KubernetesSettings(
        Connection connection,
        String namespace,
        boolean isRollout,
        String name,
        String canary,
        String container,
        String image,
        double tolerance,
        int canaryPods,
        Duration readyWithin) {

    static final String DEPLOYMENT = "deployment";
    static final String ARGO_ROLLOUT = "argo-rollout";

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DEFAULT_READY = Duration.ofMinutes(10);
    private static final double DEFAULT_TOLERANCE = 5;
    private static final int MOST_CANARY_PODS = 1_000;

    private static final Set<String> OF_BOTH = Set.of(
            "workload",
            "server",
            "token",
            "caCertificate",
            "context",
            "kubeconfig",
            "inCluster",
            "timeout",
            "namespace",
            "container",
            "image");
    private static final Set<String> OF_DEPLOYMENTS =
            Set.of("deployment", "canary", "tolerance", "canaryPods", "readyWithin");
    private static final Set<String> OF_ROLLOUTS = Set.of("rollout");

    /** RFC 1123, as Kubernetes wants names of namespaces and containers. */
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    /** The same with dots, as it wants names of Deployments. */
    private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?");

    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,499}");

    /** @throws IllegalArgumentException naming the setting that is missing or can't be read */
    static KubernetesSettings of(Settings settings) {
        var rollout = workload(settings).equals(ARGO_ROLLOUT);
        return new KubernetesSettings(
                connection(settings),
                settings.required("namespace"),
                rollout,
                settings.required(rollout ? "rollout" : "deployment"),
                rollout ? null : settings.text("canary").orElse(null),
                settings.required("container"),
                settings.required("image"),
                number(settings, "tolerance", DEFAULT_TOLERANCE),
                (int) number(settings, "canaryPods", 0),
                settings.duration("readyWithin", DEFAULT_READY));
    }

    /** @throws Refused where no image can have such a name */
    String imageOf(String version) {
        var full = image.replace("$version", version);
        if (!IMAGE.matcher(full).matches()) {
            throw new Refused("Version " + version + " can't be part of an image's name: " + full + ".");
        }
        return full;
    }

    /**
     * Whether two settings may lead to the same pods: one cluster and one namespace, whatever the names of the
     * workloads, since their pods may stand behind one Service. Addresses that can't be compared count as the same.
     */
    static boolean mayBeSamePlace(Settings one, Settings other) {
        if (!one.text("namespace").equals(other.text("namespace"))) {
            return false;
        }
        var first = address(one);
        var second = address(other);
        return first == null || second == null || first.equals(second);
    }

    static List<String> problems(Settings settings) {
        var problems = new ArrayList<String>();
        var workload = workload(settings);
        if (!workload.equals(DEPLOYMENT) && !workload.equals(ARGO_ROLLOUT)) {
            problems.add("workload: " + workload + " is neither " + DEPLOYMENT + " nor " + ARGO_ROLLOUT);
            return problems;
        }
        var rollout = workload.equals(ARGO_ROLLOUT);
        unknown(settings, rollout, problems);
        reach(settings, problems);
        name(settings, "namespace", LABEL, "the namespace in which the workload is", problems);
        name(
                settings,
                rollout ? "rollout" : "deployment",
                SUBDOMAIN,
                "the name of the " + (rollout ? "Rollout" : "Deployment") + " that serves",
                problems);
        name(settings, "container", LABEL, "the name of the container whose image is the version", problems);
        image(settings, problems);
        duration(settings, "timeout", DEFAULT_TIMEOUT, Duration.ofSeconds(1), Duration.ofSeconds(30), problems);
        if (!rollout) {
            canary(settings, problems);
        }
        return problems;
    }

    private static void unknown(Settings settings, boolean rollout, List<String> problems) {
        for (var key : settings.values().keySet()) {
            if (OF_BOTH.contains(key) || (rollout ? OF_ROLLOUTS : OF_DEPLOYMENTS).contains(key)) {
                continue;
            }
            var known = new TreeSet<>(OF_BOTH);
            known.addAll(rollout ? OF_ROLLOUTS : OF_DEPLOYMENTS);
            problems.add(key + ": workload " + (rollout ? ARGO_ROLLOUT : DEPLOYMENT)
                    + " has no such setting. There are " + String.join(", ", known));
        }
    }

    private static void canary(Settings settings, List<String> problems) {
        if (settings.text("canary").isPresent()) {
            name(settings, "canary", SUBDOMAIN, "the name of the Deployment beside it", problems);
            if (settings.text("canary").equals(settings.text("deployment"))) {
                problems.add("canary: is the Deployment that serves. Name another, beside it behind the same Service");
            }
        }
        between(settings, "tolerance", DEFAULT_TOLERANCE, 0, 50, problems);
        between(settings, "canaryPods", 1, 1, MOST_CANARY_PODS, problems);
        duration(settings, "readyWithin", DEFAULT_READY, Duration.ofSeconds(10), Duration.ofHours(1), problems);
    }

    private static void reach(Settings settings, List<String> problems) {
        var inCluster = settings.text("inCluster").orElse("false");
        if (!inCluster.equals("true") && !inCluster.equals("false")) {
            problems.add("inCluster: " + inCluster + " is neither true nor false");
            return;
        }
        var server = settings.text("server");
        var context = settings.text("context");
        var ways = (server.isPresent() ? 1 : 0) + (context.isPresent() ? 1 : 0) + (inCluster.equals("true") ? 1 : 0);
        if (ways != 1) {
            problems.add("server is " + (ways == 0 ? "missing" : "not the only way to the cluster")
                    + ": give one of server (with token), context, or inCluster: true");
            return;
        }
        server.ifPresent(address -> server(settings, address, problems));
        if (server.isEmpty()) {
            for (var setting : List.of("token", "caCertificate")) {
                if (settings.text(setting).isPresent()) {
                    problems.add(setting + ": belongs to server; a context and a service account bring their own."
                            + " Remove it");
                }
            }
        }
        if (context.isPresent()) {
            context(settings, context.get(), problems);
        } else if (settings.text("kubeconfig").isPresent()) {
            problems.add("kubeconfig: is read only for a context. Name one, or remove it");
        }
    }

    private static void server(Settings settings, String address, List<String> problems) {
        if (uri(address) == null) {
            problems.add("server: " + withoutSecrets(address)
                    + " is not an https address without user, query and fragment. Plain http is taken for this machine"
                    + " only, since the token would be readable");
        }
        if (settings.text("token").filter(token -> !token.isBlank()).isEmpty()) {
            problems.add("token is missing: name a placeholder such as ${cluster.token}, and set it");
        }
        settings.text("caCertificate").ifPresent(file -> {
            try {
                Certificates.trusting(Path.of(file));
            } catch (InvalidPathException | IOException e) {
                problems.add("caCertificate: " + file + " can't be read as a PEM file of certificates");
            }
        });
    }

    private static void context(Settings settings, String context, List<String> problems) {
        try {
            var file = kubeconfig(settings);
            if (!Files.isReadable(file)) {
                problems.add((settings.text("kubeconfig").isPresent() ? "kubeconfig" : "context")
                        + ": there is no readable file " + file + ". Name the kubeconfig in setting kubeconfig");
            } else if (KubeConfigUtils.parseConfig(file.toFile()).getContexts().stream()
                    .noneMatch(known -> context.equals(known.getName()))) {
                problems.add("context: " + context + " is not in " + file);
            }
        } catch (RuntimeException e) {
            // The parser's own words quote the file, and there are secrets in it.
            problems.add((settings.text("kubeconfig").isPresent() ? "kubeconfig" : "context")
                    + ": the kubeconfig can't be read as one");
        }
    }

    private static void name(Settings settings, String setting, Pattern form, String what, List<String> problems) {
        var name = settings.text(setting);
        if (name.isEmpty()) {
            problems.add(setting + " is missing: " + what);
        } else if (!form.matcher(name.get()).matches()) {
            problems.add(setting + ": " + name.get()
                    + " can't be a name in Kubernetes. It has small letters, digits and hyphens");
        }
    }

    private static void image(Settings settings, List<String> problems) {
        var image = settings.text("image");
        if (image.isEmpty()) {
            problems.add(
                    "image is missing: the container's image, such as registry.example.com/shop/checkout:$version");
        } else if (!image.get().contains("$version")) {
            problems.add("image: " + image.get() + " has no $version, so every version would be the same");
        } else if (!IMAGE.matcher(image.get().replace("$version", "1.0.0")).matches()) {
            problems.add("image: " + image.get() + " is not the name of an image");
        }
    }

    private static void duration(
            Settings settings,
            String setting,
            Duration fallback,
            Duration shortest,
            Duration longest,
            List<String> problems) {
        try {
            var given = settings.duration(setting, fallback);
            if (given.compareTo(shortest) < 0 || given.compareTo(longest) > 0) {
                problems.add(setting + ": " + given + " is not between " + shortest + " and " + longest);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private static void between(
            Settings settings, String setting, double fallback, double least, double most, List<String> problems) {
        try {
            var given = number(settings, setting, fallback);
            // Written this way round so that what is not a number is refused too.
            if (!(given >= least && given <= most) || (setting.equals("canaryPods") && given != Math.rint(given))) {
                problems.add(setting + ": " + settings.text(setting).orElse("") + " is not a "
                        + (setting.equals("canaryPods") ? "whole " : "") + "number from " + (int) least + " to "
                        + (int) most);
            }
        } catch (IllegalArgumentException e) {
            problems.add(e.getMessage());
        }
    }

    private static double number(Settings settings, String setting, double fallback) {
        var text = settings.text(setting);
        try {
            return text.map(Double::parseDouble).orElse(fallback);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(setting + ": " + text.orElse("") + " is not a number", e);
        }
    }

    private static String workload(Settings settings) {
        return settings.text("workload").orElse(DEPLOYMENT);
    }

    private static Connection connection(Settings settings) {
        return new Connection(
                settings.text("server").orElse(null),
                settings.text("token").orElse(null),
                settings.text("caCertificate").map(Path::of).orElse(null),
                settings.text("context").orElse(null),
                settings.text("context").isPresent() ? kubeconfig(settings) : null,
                settings.text("inCluster").orElse("false").equals("true"),
                settings.duration("timeout", DEFAULT_TIMEOUT));
    }

    private static Path kubeconfig(Settings settings) {
        return settings.text("kubeconfig")
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".kube", "config"));
    }

    /** @return host and port of the API server, or what is known of it; null where nothing is */
    private static String address(Settings settings) {
        try {
            var server = settings.text("server")
                    .or(() -> settings.text("context").map(context -> serverOf(kubeconfig(settings), context)));
            // A placeholder that is not known on this machine is compared by its name.
            return server.map(text -> uri(text) == null ? text : hostAndPort(uri(text)))
                    .orElse(null);
        } catch (RuntimeException e) {
            // A kubeconfig that can't be read is told by the problems of its settings.
            return null;
        }
    }

    private static String hostAndPort(URI uri) {
        return uri.getHost().toLowerCase(Locale.ROOT) + ":" + port(uri);
    }

    /** Only read: to open it as a client does would run the programs that it names. */
    private static String serverOf(Path kubeconfig, String context) {
        var config = KubeConfigUtils.parseConfig(kubeconfig.toFile());
        var cluster = config.getContexts().stream()
                .filter(one -> context.equals(one.getName()))
                .map(one -> one.getContext().getCluster())
                .findFirst()
                .orElse(null);
        return config.getClusters().stream()
                .filter(one -> one.getName().equals(cluster))
                .map(one -> one.getCluster().getServer())
                .findFirst()
                .orElse(null);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }

    /** @return null where it is no address that a token may be sent to */
    private static URI uri(String text) {
        try {
            var uri = URI.create(text);
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || uri.getQuery() != null || uri.getFragment() != null) {
                return null;
            }
            var here = host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
            return scheme.equals("https") || (scheme.equals("http") && here) ? uri : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String withoutSecrets(String address) {
        return address.replaceFirst("//[^/@]*@", "//…@").replaceFirst("\\?.*", "?…");
    }
}
