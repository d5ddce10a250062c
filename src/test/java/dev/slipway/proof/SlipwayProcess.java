package dev.slipway.proof;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application in a process of its own, on free ports, as an operator would start it. */
final class SlipwayProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(3);
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    private static SlipwayProcess shared;

    private final Process process;
    private final Path log;
    private final URI address;

    private SlipwayProcess(Path home, List<String> settings) {
        try {
            log = Files.createTempFile(home, "slipway", ".log");
            var builder = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("SLIPWAY_ADMIN_PASSWORD", Caller.PASSWORD_OF_ADMIN);
            builder.environment().put("SLIPWAY_ALERTMANAGER_TOKEN", Caller.TOKEN_OF_ALERTMANAGER);
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        address = URI.create("http://127.0.0.1:" + awaitPort());
        await().atMost(START).pollInterval(Duration.ofMillis(200)).until(this::isReady);
    }

    static SlipwayProcess start(Path home, List<String> settings) {
        return new SlipwayProcess(home, settings);
    }

    /** The one that most tests talk to: on PostgreSQL, with the sandbox, started at first need. */
    static synchronized SlipwayProcess shared() {
        if (shared == null) {
            shared = start(sharedHome(), onPostgres(postgres(), sharedHome()));
        }
        return shared;
    }

    /** The directory of the shared one: its service definitions are in {@code services}. */
    static Path sharedHome() {
        return Homes.SHARED;
    }

    private static final class Homes {

        private static final Path SHARED = home();
    }

    /** A new directory with the storefront's definition in it. */
    static Path home() {
        try {
            var parent = Files.createDirectories(Path.of("target", "proof"));
            var home = Files.createTempDirectory(parent, "home").toAbsolutePath();
            Files.createDirectories(home.resolve("services"));
            Files.writeString(home.resolve("services/storefront.yaml"), hurried());
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The repository's own definition; only the waiting is shorter. */
    private static String hurried() throws IOException {
        return Files.readString(Path.of("services", "storefront.yaml"))
                .replaceAll("bake: PT\\d+S", "bake: PT8S")
                .replaceAll("period: PT\\d+S", "period: PT10S");
    }

    /** A server that ends with this process. */
    static EmbeddedPostgres postgres() {
        try {
            return EmbeddedPostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return settings of profiles postgres and sandbox, with everything that is kept in that database and directory */
    static List<String> onPostgres(EmbeddedPostgres postgres, Path home) {
        return List.of(
                "--spring.profiles.active=postgres,sandbox",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres",
                "--slipway.services-dir=" + home.resolve("services"),
                "--slipway.sandbox.port=0",
                "--slipway.sandbox.directory=" + home.resolve("sandbox"),
                "--slipway.sandbox.load.requests-per-second=180");
    }

    private static List<String> command(List<String> settings) {
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Duser.timezone=UTC",
                "-cp",
                classPath(),
                "dev.slipway.SlipwayApplication",
                "--server.port=0",
                "--spring.main.banner-mode=off"));
        command.addAll(settings);
        return command;
    }

    private static String classPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.matches(".*test-classes/?"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private String awaitPort() {
        await().atMost(START)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> PORT.matcher(log()).find() || !process.isAlive());
        var port = PORT.matcher(log());
        if (!port.find()) {
            throw new AssertionError("Slipway did not start:\n" + log());
        }
        return port.group(1);
    }

    private boolean isReady() {
        var request = HttpRequest.newBuilder(address.resolve("/actuator/health/readiness"))
                .build();
        try {
            return HttpClient.newHttpClient()
                            .send(request, HttpResponse.BodyHandlers.ofString())
                            .statusCode()
                    == 200;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    /** @return all that it has written so far */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return address;
    }

    Caller as(String user) {
        return Caller.person(address, user, Caller.PASSWORD_OF_THE_SAMPLE);
    }

    Caller alertmanager() {
        return Caller.alertmanager(address);
    }

    Caller admin() {
        return Caller.person(address, "admin", Caller.PASSWORD_OF_ADMIN);
    }

    Caller nobody() {
        return Caller.nobody(address);
    }

    /** As {@code kill -9} does: nothing is closed, nothing is said. */
    void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
