package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.catalog.Settings;
import dev.slipway.http.FaultyProxy;
import dev.slipway.http.FaultyProxy.Fault;
import dev.slipway.window.Deployer;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** A real HAProxy with real servers behind it and real visitors in front, moved by deployer {@code haproxy}. */
class HaproxyIT {

    private static final String OLD = "1.4.2";
    private static final String NEW = "1.5.0";
    private static final int REQUESTS = 4_000;
    /** Percentage points. */
    private static final double TOLERANCE = 2;

    @TempDir
    Path directory;

    private final Deployer deployer = newAdapter();
    private final List<AutoCloseable> open = new ArrayList<>();
    private VersionedServer blueOne;
    private VersionedServer blueTwo;
    private VersionedServer green;
    private RunningHaproxy haproxy;
    private int tries;

    @BeforeEach
    void twoVersionsBehindOneHaproxy() throws Exception {
        var program = Programs.need("haproxy");
        blueOne = opened(new VersionedServer(OLD));
        blueTwo = opened(new VersionedServer(OLD));
        green = opened(new VersionedServer(NEW));
        haproxy = opened(
                new RunningHaproxy(program, directory, """
                backend checkout
                  balance roundrobin
                  option httpchk GET /health
                  default-server check inter 100ms rise 2 fall 2
                  server blue1 127.0.0.1:%d weight 100
                  server blue2 127.0.0.1:%d weight 100
                  server green1 127.0.0.1:%d weight 0
                """.formatted(blueOne.port(), blueTwo.port(), green.port())));
        haproxy.start();
        haproxy.awaitChecked();
    }

    @AfterEach
    void closeAll() throws Exception {
        for (var i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private <T extends AutoCloseable> T opened(T one) {
        open.add(one);
        return one;
    }

    /** A process that begins anew remembers nothing. */
    private static Deployer newAdapter() {
        try (var started = new AnnotationConfigApplicationContext("dev.slipway.window.haproxy")) {
            return started.getBean(Deployer.class);
        }
    }

    @Test
    void requests_follow_the_steps_and_none_fails_because_weights_move() throws Exception {
        try (var visitors = new Visitors(haproxy.url(), 4, 2)) {
            assertThat(deployer.deploy(order(0)))
                    .isEqualTo(new Answer.Done("green runs 1.5.0, without traffic; 1 of its" + " servers are up."));
            assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));

            for (var step : List.of(5.0, 25.0, 50.0, 100.0)) {
                assertThat(deployer.shift(order(step))).isInstanceOf(Answer.Done.class);
                assertThat(deployer.state(order(step))).isEqualTo(new State.Serving(step));

                var before = served();
                Visitors.share(haproxy.url(), NEW, REQUESTS);
                var after = served();
                var requests = after.values().stream().mapToInt(i -> i).sum()
                        - before.values().stream().mapToInt(i -> i).sum();
                var share = 100.0 * (after.get(NEW) - before.get(NEW)) / requests;
                System.out.printf("asked for %s %%: %.2f %% of %d requests%n", step, share, requests);
                assertThat(requests).isGreaterThanOrEqualTo(REQUESTS);
                assertThat(share).isCloseTo(step, within(TOLERANCE));
            }

            // Back and forth, as fast as it goes, while slow requests are under way.
            for (var i = 0; i < 20; i++) {
                assertThat(deployer.rollBack(order(0))).isInstanceOf(Answer.Done.class);
                assertThat(deployer.shift(order(i % 2 == 0 ? 100 : 50))).isInstanceOf(Answer.Done.class);
            }
            assertThat(deployer.rollBack(order(0)))
                    .isEqualTo(new Answer.Done("blue runs 1.4.2 and has all traffic, green has none."));
            assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
            assertThat(Visitors.share(haproxy.url(), NEW, REQUESTS)).isZero();

            var seen = visitors.stop();
            System.out.printf(
                    "%d requests, %d of them slow, while weights moved: %d failed%n",
                    seen.quick() + seen.slow(), seen.slow(), seen.failures().size());
            assertThat(seen.failures()).isEmpty();
            assertThat(seen.quick()).isGreaterThan(1_000);
            assertThat(seen.slow()).isGreaterThan(5);
        }
    }

    @Test
    void the_groups_change_places_with_the_next_release() throws Exception {
        shifted(100);
        blueOne.install("1.6.0");
        blueTwo.install("1.6.0");

        var next = order("1.6.0", NEW, 0, settings());
        assertThat(deployer.deploy(next)).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order("1.6.0", NEW, 25, settings())))
                .isEqualTo(new Answer.Done("blue runs 1.6.0 and has 25 %, green the rest."));

        assertThat(Visitors.share(haproxy.url(), "1.6.0", REQUESTS)).isCloseTo(25, within(TOLERANCE));
        assertThat(deployer.rollBack(next)).isInstanceOf(Answer.Done.class);
        assertThat(Visitors.share(haproxy.url(), NEW, REQUESTS)).isEqualTo(100);
    }

    /** Killed after the call and before its commit, the engine asks again: a new process, the same key. */
    @Test
    void the_same_order_again_changes_nothing_and_is_answered_alike() throws Exception {
        deployer.deploy(order(0));
        var order = order(25);
        var first = deployer.shift(order);
        var weights = haproxy.weights();
        var proxy = opened(FaultyProxy.to("127.0.0.1", haproxy.adminPort()));
        var again = order(order, settings(proxy.port()));

        assertThat(newAdapter().shift(again)).isEqualTo(first);
        assertThat(deployer.shift(again)).isEqualTo(first);

        assertThat(haproxy.weights()).isEqualTo(weights);
        // Two questions about the state and no order, each time.
        assertThat(proxy.connections()).isEqualTo(4);

        var back = deployer.rollBack(again);
        assertThat(newAdapter().rollBack(again)).isEqualTo(back);
        assertThat(haproxy.weights()).isEqualTo(Map.of("blue1", 256, "blue2", 256, "green1", 0));
    }

    @Test
    void an_order_whose_answer_was_lost_is_found_done() throws Exception {
        deployer.deploy(order(0));
        var proxy = opened(FaultyProxy.to("127.0.0.1", haproxy.adminPort()));
        var order = order(order(25), settings(proxy.port()));
        // Two questions, then the orders, of which HAProxy hears the first and nobody hears that it did.
        proxy.next(Fault.none(), Fault.none(), Fault.cutAfter(0));

        assertThatThrownBy(() -> deployer.shift(order))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("closed without an answer");
        assertThat(haproxy.weights()).isNotEqualTo(Map.of("blue1", 100, "blue2", 100, "green1", 0));

        assertThat(newAdapter().shift(order)).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order)).isEqualTo(new State.Serving(25));
    }

    /** Whatever happens on the way, an order ends within its time, is tried again, and is done in the end. */
    @Test
    void a_network_that_misbehaves_is_a_technical_failure_and_leaves_a_state_that_can_be_mended() throws Exception {
        deployer.deploy(order(0));
        deployer.shift(order(5));
        var before = haproxy.weights();
        var proxy = opened(FaultyProxy.to("127.0.0.1", haproxy.adminPort()));
        var order = order(order(25), settings(proxy.port()));
        for (var fault : List.of(
                Fault.delay(Duration.ofSeconds(3)),
                Fault.cutAfter(0),
                Fault.cutAfter(1),
                Fault.cutAfter(400),
                Fault.resetAfter(0),
                Fault.resetAfter(400),
                Fault.swallow())) {
            proxy.always(fault);
            var began = Instant.now();

            assertThatThrownBy(() -> deployer.shift(order)).as("%s", fault).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> deployer.state(order)).as("%s", fault).isInstanceOf(UncheckedIOException.class);
            assertThatThrownBy(() -> deployer.rollBack(order)).isInstanceOf(UncheckedIOException.class);

            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(5));
            assertThat(haproxy.weights()).as("%s", fault).isEqualTo(before);
        }

        // Each fault once, at each of the questions and orders in turn.
        for (var at = 0; at < 6; at++) {
            var faults = new Fault[at + 1];
            Arrays.fill(faults, Fault.none());
            faults[at] = Fault.resetAfter(0);
            proxy.always(Fault.none());
            proxy.next(faults);
            assertThatThrownBy(() -> deployer.shift(order)).isInstanceOf(UncheckedIOException.class);
            assertThat(deployer.shift(order)).isInstanceOf(Answer.Done.class);
            assertThat(deployer.state(order)).isEqualTo(new State.Serving(25));
            deployer.shift(order(5));
        }
        proxy.always(Fault.delay(Duration.ofMillis(50)));
        assertThat(deployer.shift(order)).isInstanceOf(Answer.Done.class);
    }

    @Test
    void a_group_that_is_down_gets_nothing() throws Exception {
        green.setHealthy(false);
        haproxy.awaitStatus("green1", "DOWN");
        var before = haproxy.weights();

        assertThat(refusal(deployer.deploy(order(0)))).contains("not every server of green is up: green1 is DOWN");
        assertThat(refusal(deployer.shift(order(5)))).contains("no server of green is up: green1 is DOWN");

        assertThat(haproxy.weights()).isEqualTo(before);
        assertThat(Visitors.share(haproxy.url(), OLD, 200)).isEqualTo(100);
    }

    @Test
    void nothing_goes_back_to_an_old_version_that_is_down() throws Exception {
        shifted(100);
        blueOne.setHealthy(false);
        blueTwo.setHealthy(false);
        haproxy.awaitStatus("blue1", "DOWN");
        haproxy.awaitStatus("blue2", "DOWN");

        assertThat(refusal(deployer.rollBack(order(0)))).contains("no server of blue is up: blue1 is DOWN");

        assertThat(deployer.state(order(100))).isEqualTo(new State.Serving(100));
        assertThat(Visitors.share(haproxy.url(), NEW, 200)).isEqualTo(100);
    }

    /** Where the new version hangs, the way back must not wait for it to say who it is. */
    @Test
    void a_new_version_that_hangs_loses_its_traffic_all_the_same() throws Exception {
        shifted(50);
        green.hang();

        assertThat(deployer.rollBack(order(0))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
        assertThatThrownBy(() -> deployer.shift(order(50)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("green has no known version");
    }

    @Test
    void a_wrong_backend_server_or_version_is_told_before_anything_moves() throws Exception {
        var before = haproxy.weights();

        assertThat(refusal(deployer.shift(order(NEW, OLD, 5, with("backend", "chekout")))))
                .contains("has no backend chekout");
        assertThat(deployer.state(order(NEW, OLD, 5, with("backend", "chekout"))))
                .isInstanceOf(State.Unknown.class);
        var groups = Map.of("blue", List.of("blue1", "blue2"), "green", List.of("green1", "green2"));
        assertThat(refusal(deployer.deploy(order(NEW, OLD, 0, with("groups", groups)))))
                .contains("has no server green2 for group green; it has blue1, blue2, green1");
        var fewer = Map.of("blue", List.of("blue1"), "green", List.of("green1"));
        assertThat(refusal(deployer.shift(order(NEW, OLD, 5, with("groups", fewer)))))
                .contains("blue2 in backend checkout would get traffic too");
        assertThat(refusal(deployer.shift(order("1.7.0", OLD, 5, settings()))))
                .isEqualTo("green runs 1.5.0, not 1.7.0");
        assertThat(refusal(deployer.shift(order(NEW, "1.3.0", 5, settings())))).isEqualTo("blue runs 1.4.2, not 1.3.0");
        assertThat(refusal(deployer.shift(order(NEW, OLD, 0.05, settings())))).contains("the nearest is 0.19 %");

        assertThat(haproxy.weights()).isEqualTo(before);
    }

    @Test
    void a_group_with_traffic_is_not_ready_to_be_released() throws Exception {
        haproxy.ask("set weight checkout/green1 10");

        assertThat(refusal(deployer.deploy(order(0))))
                .isEqualTo("green with 1.5.0 gets traffic already; set the weights of its servers to 0: green1 has 10");
    }

    @Test
    void a_socket_that_may_only_be_read_is_a_refusal() throws Exception {
        var before = haproxy.weights();
        var operator = settings(haproxy.operatorPort());

        for (var answer : List.of(
                deployer.deploy(order(NEW, OLD, 0, operator)),
                deployer.shift(order(NEW, OLD, 25, operator)),
                deployer.rollBack(order(NEW, OLD, 0, operator)))) {
            assertThat(refusal(answer)).contains("bind it with level admin");
        }
        assertThat(haproxy.weights()).isEqualTo(before);
        assertThat(deployer.state(order(NEW, OLD, 0, operator))).isEqualTo(new State.Serving(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "kept"})
    void a_restart_of_haproxy_is_seen_and_put_right(String weights) throws Exception {
        shifted(25);
        if (weights.equals("kept")) {
            Files.writeString(haproxy.stateFile(), haproxy.ask("show servers state"));
        }
        haproxy.stop();
        assertThatThrownBy(() -> deployer.state(order(50))).isInstanceOf(UncheckedIOException.class);

        haproxy.start();
        haproxy.awaitChecked();

        assertThat(deployer.state(order(25))).isEqualTo(new State.Serving(weights.equals("kept") ? 25 : 0));
        assertThat(deployer.shift(order(50))).isInstanceOf(Answer.Done.class);
        assertThat(Visitors.share(haproxy.url(), NEW, REQUESTS)).isCloseTo(50, within(TOLERANCE));
        assertThat(deployer.rollBack(order(0))).isInstanceOf(Answer.Done.class);
        assertThat(Visitors.share(haproxy.url(), NEW, 200)).isZero();
    }

    @Test
    void a_map_in_haproxy_says_which_server_runs_what_and_a_path_leads_to_the_runtime_api() throws Exception {
        var map = new HashMap<>(settings().values());
        map.put("socket", haproxy.adminPath().toString());
        map.put("versions", Map.of("map", haproxy.mapFile().toString()));
        var order = order(NEW, OLD, 25, new Settings(map));

        assertThat(refusal(deployer.deploy(order))).contains("does not name blue1");

        for (var server : List.of("blue1 " + OLD, "blue2 " + OLD, "green1 " + NEW)) {
            haproxy.ask("add map " + haproxy.mapFile() + " " + server);
        }
        assertThat(deployer.deploy(order)).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order)).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order)).isEqualTo(new State.Serving(25));
        haproxy.ask("set map " + haproxy.mapFile() + " green1 1.6.0");
        assertThat(refusal(deployer.shift(order))).isEqualTo("green runs 1.6.0, not 1.5.0");
        assertThat(deployer.rollBack(order)).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order)).isEqualTo(new State.Serving(0));

        map.put("versions", Map.of("map", "/nowhere.map"));
        assertThat(refusal(deployer.shift(order(NEW, OLD, 5, new Settings(map)))))
                .contains("has no map /nowhere.map");
    }

    /** Two HAProxies before the same servers, as with one that takes over from the other. */
    @Test
    void several_haproxies_move_together_and_one_that_is_gone_keeps_no_other_from_going_back() throws Exception {
        var second = opened(haproxy.twin());
        second.start();
        second.awaitChecked();
        var way = opened(FaultyProxy.to("127.0.0.1", second.adminPort()));
        var both = with("socket", List.of("127.0.0.1:" + haproxy.adminPort(), "127.0.0.1:" + way.port()));

        assertThat(deployer.deploy(order(NEW, OLD, 0, both))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order(NEW, OLD, 25, both))).isInstanceOf(Answer.Done.class);
        assertThat(second.weights()).isEqualTo(haproxy.weights());
        assertThat(deployer.state(order(NEW, OLD, 25, both))).isEqualTo(new State.Serving(25));

        way.always(Fault.swallow());
        var before = haproxy.weights();
        assertThatThrownBy(() -> deployer.shift(order(NEW, OLD, 50, both))).isInstanceOf(UncheckedIOException.class);
        assertThat(haproxy.weights()).isEqualTo(before);

        assertThatThrownBy(() -> deployer.rollBack(order(NEW, OLD, 0, both))).isInstanceOf(UncheckedIOException.class);
        assertThat(haproxy.weights().get("green1")).isZero();

        way.always(Fault.none());
        assertThat(deployer.state(order(NEW, OLD, 0, both)))
                .isInstanceOfSatisfying(
                        State.Unknown.class,
                        unknown -> assertThat(unknown.why()).contains("do not agree"));
        assertThat(deployer.rollBack(order(NEW, OLD, 0, both))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order(NEW, OLD, 0, both))).isEqualTo(new State.Serving(0));
    }

    /** @return requests by the version that served them, so far */
    private Map<String, Integer> served() {
        return Map.of(OLD, blueOne.answered() + blueTwo.answered(), NEW, green.answered());
    }

    private void shifted(double weight) {
        assertThat(deployer.deploy(order(0))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order(weight))).isInstanceOf(Answer.Done.class);
    }

    private static String refusal(Answer answer) {
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        return ((Answer.Failed) answer).message();
    }

    private Settings settings() {
        return settings(haproxy.adminPort());
    }

    private static Settings settings(int port) {
        return new Settings(Map.of(
                "socket",
                "127.0.0.1:" + port,
                "backend",
                "checkout",
                "groups",
                Map.of("blue", List.of("blue1", "blue2"), "green", List.of("green1")),
                "versions",
                Map.of("url", "http://$address:$port/info", "pointer", "/build/version"),
                "timeout",
                "PT1S"));
    }

    private Settings with(String name, Object value) {
        return settings().with(new Settings(Map.of(name, value)));
    }

    private Order order(double weight) {
        return order(NEW, OLD, weight, settings());
    }

    private Order order(String version, String serving, double weight, Settings settings) {
        tries++;
        return new Order("REL-7:shift:" + tries, "REL-7", "checkout", version, serving, weight, settings, null, null);
    }

    private static Order order(Order same, Settings settings) {
        return new Order(
                same.key(),
                same.release(),
                same.service(),
                same.version(),
                same.servingVersion(),
                same.weight(),
                settings,
                null,
                null);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
