package dev.slipway.proof;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process of HAProxy with one frontend; its Runtime API at a path, and at two ports with levels admin and operator. */
final class RunningHaproxy implements AutoCloseable {

    private static final Pattern SERVER = Pattern.compile("(?m)^\\d+ checkout \\d+ (\\S+) \\S+ \\d+ \\d+ (\\d+) ");

    private final Path program;
    private final Path directory;
    private final String backend;
    private final int port = HaproxyIT.freePort();
    private final int adminPort = HaproxyIT.freePort();
    private final int operatorPort = HaproxyIT.freePort();
    private Process process;

    /** @param backend the section of backend {@code checkout} */
    RunningHaproxy(Path program, Path directory, String backend) throws IOException {
        this.program = program;
        this.directory = directory;
        this.backend = backend;
    }

    /** @return another one before the same servers */
    RunningHaproxy twin() throws IOException {
        return new RunningHaproxy(program, Files.createDirectory(directory.resolve("twin")), backend);
    }

    void start() throws IOException {
        if (Files.notExists(mapFile())) {
            Files.createFile(mapFile());
        }
        var configuration = Files.writeString(directory.resolve("haproxy.cfg"), """
                global
                  stats socket %s level admin
                  stats socket ipv4@127.0.0.1:%d level admin
                  stats socket ipv4@127.0.0.1:%d level operator
                  server-state-file %s
                defaults
                  mode http
                  load-server-state-from-file global
                  timeout connect 2s
                  timeout client 20s
                  timeout server 20s
                frontend shop
                  bind 127.0.0.1:%d
                  http-response set-header X-Version %%[srv_name,map(%s)]
                  default_backend checkout
                %s
                """.formatted(
                        adminPath(), adminPort, operatorPort, stateFile(), port, mapFile(), backend));
        process = new ProcessBuilder(program.toString(), "-db", "-f", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("haproxy.log").toFile())
                .start();
        await().atMost(Duration.ofSeconds(10))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> ask("show info").contains("Uptime"));
    }

    /** Until then HAProxy takes every server for healthy. */
    void awaitChecked() {
        for (var server : new String[] {"blue1", "blue2", "green1"}) {
            awaitStatus(server, "UP,");
        }
    }

    void awaitStatus(String server, String status) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> ask("show stat checkout 4 -1")
                        .lines()
                        .anyMatch(line -> line.startsWith("checkout," + server + ",")
                                && line.contains("," + status)
                                && !line.contains(",INI,")));
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    int adminPort() {
        return adminPort;
    }

    int operatorPort() {
        return operatorPort;
    }

    Path adminPath() {
        return directory.resolve("admin.sock");
    }

    Path stateFile() {
        return directory.resolve("servers.state");
    }

    Path mapFile() {
        return directory.resolve("checkout.versions");
    }

    /** @return by server */
    Map<String, Integer> weights() throws IOException {
        var weights = new HashMap<String, Integer>();
        var matcher = SERVER.matcher(ask("show servers state checkout"));
        while (matcher.find()) {
            weights.put(matcher.group(1), Integer.valueOf(matcher.group(2)));
        }
        return weights;
    }

    String ask(String command) throws IOException {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(adminPath()));
            channel.write(ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8)));
            var answer = new StringBuilder();
            var buffer = ByteBuffer.allocate(64 * 1024);
            while (channel.read(buffer) >= 0) {
                answer.append(StandardCharsets.UTF_8.decode(buffer.flip()));
                buffer.clear();
            }
            return answer.toString();
        }
    }

    void stop() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }
}
