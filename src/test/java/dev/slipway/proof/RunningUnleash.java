package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A real Unleash server from its npm package, on a PostgreSQL of its own. */
final class RunningUnleash implements AutoCloseable {

    /** The last that runs with node 18, which Debian 12 has, and with node 20. */
    private static final String VERSION = "6.6.0";

    private static final Path FOLDER = Path.of("target", "unleash").toAbsolutePath();
    private static final String ADMIN = "*:*.slipway-proof-admin";
    private static final String SDK = "default:production.slipway-proof-sdk";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final EmbeddedPostgres postgres;
    private final Process process;
    private final String url;

    private RunningUnleash(EmbeddedPostgres postgres, Process process, String url) {
        this.postgres = postgres;
        this.process = process;
        this.url = url;
    }

    static RunningUnleash start() throws IOException, InterruptedException {
        var node = Programs.need("node");
        install(Programs.need("npm"));
        var postgres = EmbeddedPostgres.start();
        var port = freePort();
        var server = new ProcessBuilder(node.toString(), "node_modules/unleash-server/dist/server.js")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(FOLDER.resolve("unleash.log").toFile());
        server.environment()
                .putAll(Map.ofEntries(
                        Map.entry("DATABASE_HOST", "127.0.0.1"),
                        Map.entry("DATABASE_PORT", String.valueOf(postgres.getPort())),
                        Map.entry("DATABASE_NAME", "postgres"),
                        Map.entry("DATABASE_USERNAME", "postgres"),
                        Map.entry("DATABASE_PASSWORD", "postgres"),
                        Map.entry("DATABASE_SSL", "false"),
                        Map.entry("HTTP_HOST", "127.0.0.1"),
                        Map.entry("HTTP_PORT", String.valueOf(port)),
                        Map.entry("INIT_ADMIN_API_TOKENS", ADMIN),
                        Map.entry("INIT_CLIENT_API_TOKENS", SDK),
                        Map.entry("CHECK_VERSION", "false"),
                        Map.entry("SEND_TELEMETRY", "false")));
        var unleash = new RunningUnleash(postgres, server.start(), "http://127.0.0.1:" + port);
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(250))
                .ignoreExceptions()
                .until(() -> unleash.send("GET", "/health", null, ADMIN).statusCode() == 200);
        return unleash;
    }

    /** Once for a folder; {@code mvn clean} takes it away. */
    private static void install(Path npm) throws IOException, InterruptedException {
        var installed = FOLDER.resolve("node_modules/unleash-server/package.json");
        if (Files.exists(installed)
                && VERSION.equals(
                        JSON.readTree(installed.toFile()).path("version").asText())) {
            return;
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), """
                {"name": "slipway-proof", "private": true, "dependencies": {"unleash-server": "%s"}}""".formatted(VERSION));
        var log = FOLDER.resolve("install.log");
        var install = new ProcessBuilder(
                        npm.toString(),
                        "install",
                        "--omit=dev",
                        "--omit=optional",
                        "--ignore-scripts",
                        "--no-audit",
                        "--no-fund",
                        "--no-package-lock")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var done = install.waitFor(5, TimeUnit.MINUTES) && install.exitValue() == 0;
        install.destroyForcibly();
        if (!done && "true".equals(System.getenv("SLIPWAY_CI"))) {
            throw new AssertionError("unleash-server can't be installed: " + Files.readString(log));
        }
        assumeTrue(done, "unleash-server can't be installed: skipped.");
    }

    String url() {
        return url;
    }

    static String adminToken() {
        return ADMIN;
    }

    static String sdkToken() {
        return SDK;
    }

    void createFlag(String name) throws IOException, InterruptedException {
        change("POST", "/api/admin/projects/default/features", "{\"name\": \"" + name + "\", \"type\": \"release\"}");
    }

    void addStrategy(String flag, String strategy) throws IOException, InterruptedException {
        change("POST", inProduction(flag) + "/strategies", strategy);
    }

    /** As somebody would in the console. */
    void setRollout(String flag, int percentage) throws IOException, InterruptedException {
        var id = strategies(flag).get(0).path("id").asText();
        change("PATCH", inProduction(flag) + "/strategies/" + id, """
                [{"op": "replace", "path": "/parameters/rollout", "value": "%d"}]""".formatted(percentage));
    }

    void turnOn(String flag) throws IOException, InterruptedException {
        change("POST", inProduction(flag) + "/on", null);
    }

    void archive(String flag) throws IOException, InterruptedException {
        change("DELETE", "/api/admin/projects/default/features/" + flag, null);
    }

    JsonNode strategies(String flag) throws IOException, InterruptedException {
        return get("/api/admin/projects/default/features/" + flag + "/environments/production", ADMIN)
                .path("strategies");
    }

    /** @return how often the flag was changed, as Unleash itself recorded it */
    int changes(String flag) throws IOException, InterruptedException {
        return get("/api/admin/events/" + flag, ADMIN).path("events").size();
    }

    /** @return what an application's SDK is told of the flag; missing where it is told nothing */
    JsonNode toldToApplications(String flag) throws IOException, InterruptedException {
        for (var feature : get("/api/client/features", SDK).path("features")) {
            if (feature.path("name").asText().equals(flag)) {
                return feature;
            }
        }
        return JSON.missingNode();
    }

    private JsonNode get(String path, String token) throws IOException, InterruptedException {
        var response = send("GET", path, null, token);
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private void change(String method, String path, String body) throws IOException, InterruptedException {
        assertThat(send(method, path, body, ADMIN).statusCode()).as(path).isBetween(200, 299);
    }

    private HttpResponse<String> send(String method, String path, String body, String token)
            throws IOException, InterruptedException {
        var publisher = body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(Duration.ofSeconds(20))
                .header("Authorization", token)
                .header("Content-Type", "application/json")
                .method(method, publisher)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String inProduction(String flag) {
        return "/api/admin/projects/default/features/" + flag + "/environments/production";
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        postgres.close();
    }
}
