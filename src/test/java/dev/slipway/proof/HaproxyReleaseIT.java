package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.slipway.http.FaultyProxy;
import dev.slipway.http.FaultyProxy.Fault;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole release in two waves on two real HAProxies with visitors in front. The way to the second one misbehaves, and
 * Slipway is killed while it shifts traffic there; then the version breaks, and both go back.
 */
class HaproxyReleaseIT {

    private static final String OLD = "1.4.2";
    private static final String NEW = "1.5.0";
    private static final Duration PAUSE = Duration.ofMillis(20);

    @TempDir
    Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();
    private RunningHaproxy eu;
    private RunningHaproxy us;
    private FaultyProxy wayToUs;
    private EmbeddedPostgres postgres;
    private Path home;
    private SlipwayProcess slipway;
    private volatile double errorsOfNew;

    @BeforeEach
    void twoRegions() throws Exception {
        var program = Programs.need("haproxy");
        eu = region(program, "eu");
        us = region(program, "us");
        wayToUs = opened(FaultyProxy.to("127.0.0.1", us.adminPort()));
        postgres = opened(SlipwayProcess.postgres());
        home = SlipwayProcess.home();
        Files.writeString(
                home.resolve("services/shop.yaml"), """
                service: shop
                owner: {group: engineering, releaseAuthority: release-authority}
                onCall: {people: [olga]}
                rollout:
                  deployer: haproxy
                  strategy: blue-green
                  serving: "%1$s"
                  steps: [{weight: 50, bake: PT10S}, {weight: 100, bake: PT3S}]
                  waves:
                    - {name: eu, haproxy: {socket: "127.0.0.1:%2$d"}}
                    - {name: us, haproxy: {socket: "127.0.0.1:%3$d"}}
                haproxy:
                  backend: checkout
                  groups: {blue: [blue1, blue2], green: [green1]}
                  versions: {url: "http://$address:$port/info", pointer: /build/version}
                  timeout: PT5S
                rollback: {recoveredFor: PT2S}
                observation: {period: PT10M, interval: PT1S}
                json: {url: "%4$s"}
                metrics:
                  - {name: error-rate, kind: error-rate, source: json, query: "$['$version']", unit: ratio,
                     worseWhen: higher, failAbove: 0.05, critical: true}
                """.formatted(OLD, eu.adminPort(), wayToUs.port(), metrics()));
        slipway = SlipwayProcess.start(home, settings());
    }

    @AfterEach
    void closeAll() throws Exception {
        if (slipway != null) {
            slipway.close();
        }
        for (var i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    private RunningHaproxy region(Path program, String name) throws Exception {
        var blueOne = opened(new VersionedServer(OLD));
        var blueTwo = opened(new VersionedServer(OLD));
        var green = opened(new VersionedServer(NEW));
        var haproxy = opened(new RunningHaproxy(program, Files.createDirectory(directory.resolve(name)), """
                backend checkout
                  balance roundrobin
                  option httpchk GET /health
                  default-server check inter 100ms rise 2 fall 2
                  server blue1 127.0.0.1:%d weight 100
                  server blue2 127.0.0.1:%d weight 100
                  server green1 127.0.0.1:%d weight 0
                """.formatted(
                        blueOne.port(), blueTwo.port(), green.port())));
        haproxy.start();
        haproxy.awaitChecked();
        return haproxy;
    }

    /** @return the address of what knows how often each version fails */
    private String metrics() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            var body = "{\"%s\": 0.001, \"%s\": %s}"
                    .formatted(OLD, NEW, errorsOfNew)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        opened(() -> server.stop(0));
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private List<String> settings() {
        var settings = new ArrayList<>(SlipwayProcess.onPostgres(postgres, home));
        settings.add("--camunda.bpm.job-execution.lock-time-in-millis=10000");
        return settings;
    }

    @Test
    void no_shift_is_lost_or_done_twice_and_no_visitor_notices_anything_but_the_version() throws Exception {
        try (var inEu = new Visitors(eu.url(), 2, 1, PAUSE);
                var inUs = new Visitors(us.url(), 2, 1, PAUSE)) {
            var id = new Conduct(slipway).open("shop", NEW);
            new Conduct(slipway).bringTo(id, "decide-go");
            // What the first questions about the second region get.
            wayToUs.next(Fault.resetAfter(0), Fault.none(), Fault.cutAfter(1));
            new Conduct(slipway).answer(id, "decide-go");
            told(id, "eu: 50 % of traffic to shop 1.5.0");
            assertThat(Visitors.share(eu.url(), NEW, 1_000)).isBetween(48.0, 52.0);
            told(id, "us: shop 1.5.0 is deployed, without traffic.");
            assertThat(eu.weights().get("blue1")).isZero();

            killedWhileShifting();
            told(id, "us: 100 % of traffic to shop 1.5.0");
            assertThat(Visitors.share(us.url(), NEW, 200)).isEqualTo(100);

            wayToUs.next(Fault.resetAfter(0), Fault.cutAfter(0));
            errorsOfNew = 0.4;
            new Conduct(slipway).reaches(id, "FINAL_STATUS");

            assertThat(eu.weights()).containsEntry("green1", 0);
            assertThat(us.weights()).containsEntry("green1", 0);
            assertThat(Visitors.share(eu.url(), NEW, 500)).isZero();
            assertThat(Visitors.share(us.url(), NEW, 500)).isZero();
            var timeline = new Conduct(slipway).timeline(id);
            assertThat(timeline)
                    .containsSubsequence(
                            "us: All traffic is back on shop 1.4.2.", "eu: All traffic is back on shop 1.4.2.");
            for (var once : List.of("eu: 50 %", "eu: 100 %", "us: 50 %", "us: 100 %")) {
                assertThat(timeline.split(once + " of traffic to shop", -1))
                        .as(once)
                        .hasSize(2);
            }
            assertThat(inEu.stop().failures()).isEmpty();
            assertThat(inUs.stop().failures()).isEmpty();
        }
    }

    /** The answers to an order are on their way when Slipway is killed: HAProxy has done it, the engine knows nothing. */
    private void killedWhileShifting() {
        wayToUs.always(Fault.delay(Duration.ofMillis(700)));
        await().atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !Map.of("blue1", 100, "blue2", 100, "green1", 0).equals(us.weights()));
        slipway.kill();
        wayToUs.always(Fault.none());
        slipway = SlipwayProcess.start(home, settings());
    }

    private void told(String id, String what) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            // On a busy machine a short bake may not tell.
            new Conduct(slipway).answer(id, "decide-inconclusive-step");
            assertThat(new Conduct(slipway).timeline(id)).contains(what);
        });
    }
}
