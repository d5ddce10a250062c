package dev.slipway.sandbox;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The room's beans, wired as Spring would, on free ports. */
final class RunningSandbox implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    final Storefront storefront;
    final Visitors visitors;
    final SandboxDeployer deployer;
    final SandboxController controller;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private RunningSandbox(Path directory, int requestsPerSecond, int inFlight) {
        var properties = new SandboxProperties(0, directory, new SandboxProperties.Load(requestsPerSecond, inFlight));
        storefront = new Storefront(properties, Clock.fixed(NOW, ZoneOffset.UTC));
        visitors = new Visitors(storefront, properties);
        deployer = new SandboxDeployer(storefront);
        controller = new SandboxController(storefront);
        storefront.start();
        visitors.start();
    }

    static RunningSandbox in(Path directory) {
        return new RunningSandbox(directory, 0, 1);
    }

    static RunningSandbox withVisitors(Path directory, int requestsPerSecond, int inFlight) {
        return new RunningSandbox(directory, requestsPerSecond, inFlight);
    }

    static Deployer.Order order(String key, String version, double weight) {
        return new Deployer.Order(key, "REL-1", "storefront", version, "1.0.0", weight, Settings.NONE, null, null);
    }

    Deployer.Answer deploy(String version) {
        return deployer.deploy(order("deploy-" + version, version, 0));
    }

    Deployer.Answer shift(String version, double weight) {
        return deployer.shift(order("shift-" + version + "-" + weight, version, weight));
    }

    void breaks(String version, String kind, double intensity) {
        controller.setFault(version, new SandboxController.FaultRequest(kind, intensity));
    }

    HttpResponse<String> get(String path) {
        try {
            return client.send(
                    HttpRequest.newBuilder(storefront.address().resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** @return how often each version answered */
    Map<String, Long> visit(String path, int times) {
        return IntStream.range(0, times)
                .mapToObj(i ->
                        get(path).headers().firstValue(Loopback.VERSION_HEADER).orElseThrow())
                .collect(Collectors.groupingBy(version -> version, Collectors.counting()));
    }

    /** @return the sum of all series of that name which carry every label, as text such as {@code status="500"} */
    double metric(String name, String... labels) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> Pattern.matches(Pattern.quote(name) + "\\{.*", line))
                .filter(line -> IntStream.range(0, labels.length).allMatch(i -> line.contains(labels[i])))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    @Override
    public void close() {
        visitors.stop();
        storefront.stop();
    }
}
