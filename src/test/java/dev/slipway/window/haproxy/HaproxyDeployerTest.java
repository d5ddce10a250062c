package dev.slipway.window.haproxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a real HAProxy won't say on demand, from a Runtime API that says what the test wants; the rest: HaproxyIT. */
class HaproxyDeployerTest {

    private final HaproxyDeployer deployer = new HaproxyDeployer();
    private final PlayedRuntimeApi api = new PlayedRuntimeApi();

    @BeforeEach
    void open() throws IOException {
        api.open();
    }

    @AfterEach
    void close() throws IOException {
        api.close();
    }

    @Test
    void on_the_way_the_new_version_never_has_more_than_before_or_after_and_somebody_always_has_some() {
        for (var step : List.of(5, 30, 25, 100, 50, 75, 0, 100, 0)) {
            var before = api.share();
            api.shares.clear();

            assertThat(deployer.shift(order(step))).isInstanceOf(Answer.Done.class);

            assertThat(api.shares)
                    .allSatisfy(share ->
                            assertThat(share).isNotNaN().isLessThanOrEqualTo(Math.max(before, api.share()) + 1e-9));
            assertThat(deployer.state(order(step))).isEqualTo(new State.Serving(step));
        }
    }

    @Test
    void what_was_set_and_does_not_show_is_a_technical_failure() {
        api.forgets = true;

        assertThatThrownBy(() -> deployer.shift(order(25)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("shows weight 0 of server green1 after it was given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"show servers state checkout", "show stat checkout 6 -1", "show map /v.map", "set weight"})
    void an_answer_that_nobody_understands_is_a_technical_failure(String command) {
        api.instead.put(command, "Fine weather today.");

        assertThatThrownBy(() -> deployer.shift(order(25)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("what is not understood: Fine weather today");
    }

    @Test
    void an_answer_without_end_is_given_up() {
        api.instead.put("show servers state checkout", "x".repeat(5 * 1024 * 1024));

        assertThatThrownBy(() -> deployer.state(order(25))).hasMessageContaining("larger than 4194304 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"static-rr", "first"})
    void a_backend_that_knows_no_weights_is_a_refusal(String algorithm) {
        api.algorithm = algorithm;

        assertThat(deployer.deploy(order(0)))
                .isEqualTo(new Answer.Failed("backend checkout balances by " + algorithm
                        + ", which knows no weights while it runs; use roundrobin"));
        assertThat(deployer.shift(order(5))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void what_else_divides_traffic_is_told() {
        api.algorithm = "leastconn";
        api.cookie = "SRV";

        assertThat(((Answer.Done) deployer.deploy(order(0))).message())
                .contains("visitors that cookie SRV binds to a server stay with it")
                .contains("balance leastconn divides something else than requests");
    }

    @Test
    void a_static_algorithm_that_hides_is_refused_in_haproxys_words() {
        var said = "Backend is using a static LB algorithm and only accepts weights '0%' and '100%'.";
        api.instead.put("set weight", said);

        assertThat(((Answer.Failed) deployer.shift(order(5))).message()).contains(said.replaceAll("\\.$", ""));
    }

    @Test
    void a_server_that_was_not_checked_yet_is_waited_for() {
        api.checkStatus = 1;

        assertThatThrownBy(() -> deployer.deploy(order(0)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("has not checked green1 yet");
    }

    @Test
    void the_same_version_on_both_sides_can_not_be_told_apart() {
        api.versions.put("green1", "1.4.2");
        assertThat(deployer.rollBack(order(0))).isEqualTo(new Answer.Failed("blue and green both run 1.4.2"));

        api.versions.put("green1", "1.5.0");
        api.versions.put("blue2", "1.4.1");
        assertThat(((Answer.Failed) deployer.rollBack(order(0))).message())
                .isEqualTo("blue has no known version (blue1 runs 1.4.2, blue2 runs 1.4.1), not 1.4.2");
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
    }

    @Test
    void nobody_is_taken_for_the_old_version_where_neither_group_is_known() {
        api.versions.putAll(Map.of("blue1", "1.3.0", "blue2", "1.3.0", "green1", "1.2.0"));

        assertThat(deployer.rollBack(order(0)))
                .isEqualTo(new Answer.Failed("no group runs 1.5.0 or 1.4.2: blue runs 1.3.0, green runs 1.2.0"));
        assertThat(deployer.state(order(0))).isInstanceOf(State.Unknown.class);
    }

    @Test
    void the_first_release_goes_back_to_the_other_group() {
        deployer.shift(order(50));

        assertThat(deployer.rollBack(order("1.5.0", null, 0))).isInstanceOf(Answer.Done.class);
        assertThat(api.weights).containsEntry("green1", 0).containsEntry("blue1", 256);
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings(api.port()))).isEmpty();
        assertThat(deployer.problems(Settings.NONE))
                .hasSize(4)
                .anyMatch(problem -> problem.startsWith("socket is missing"))
                .anyMatch(problem -> problem.startsWith("backend is missing"))
                .anyMatch(problem -> problem.startsWith("groups is missing"))
                .anyMatch(problem -> problem.startsWith("versions must say"));
        assertThat(problem("socket", "haproxy")).startsWith("socket: haproxy is neither");
        assertThat(problem("socket", List.of("10.0.0.5:9999", "10.0.0.6:99999")))
                .startsWith("socket: 10.0.0.6:99999");
        assertThat(problem("backend", "checkout;shutdown sessions server x/y")).startsWith("backend: ");
        assertThat(problem("backend", "a\nb")).startsWith("backend: a b is not");
        assertThat(problem("groups", Map.of("blue", List.of("a")))).startsWith("groups: must be two groups");
        assertThat(problem("groups", Map.of("blue", List.of("a", "b"), "green", List.of("b"))))
                .isEqualTo("groups: b is named twice");
        assertThat(problem("groups", Map.of("blue", List.of("a b"), "green", List.of("c"))))
                .isEqualTo("groups: a b of blue is not the name of a server");
        assertThat(problem("groups", Map.of("blue", List.of(), "green", List.of("c"))))
                .isEqualTo("groups: blue must name 1 to 64 servers");
        assertThat(problem("versions", Map.of("url", "http://x/info"))).contains("with $address in it");
        assertThat(problem("versions", Map.of("url", "file://$address/info"))).contains("is not an http");
        assertThat(problem("versions", Map.of("url", "http://$address:$port/", "pointer", "version")))
                .contains("is not a JSON pointer");
        assertThat(problem("versions", Map.of("url", "http://$address/", "map", "/a")))
                .startsWith("versions must say");
        assertThat(problem("versions", Map.of("map", "/a;b"))).startsWith("versions: /a;b is not");
        assertThat(problem("versions", Map.of("map", "/a", "pointer", "/b"))).startsWith("versions: pointer is not");
        assertThat(problem("timeout", "PT21S")).startsWith("timeout: PT21S is not between");
        assertThat(problem("timeout", "soon")).startsWith("timeout: soon");
        assertThat(problem("weights", "5")).startsWith("weights is not a setting");
    }

    @Test
    void one_backend_of_one_haproxy_is_one_place() {
        var production = settings(9999);

        assertThat(deployer.isSamePlace(production, with("socket", "LOCALHOST:9999")))
                .isTrue();
        assertThat(deployer.isSamePlace(production, with("socket", List.of("10.0.0.9:1", "127.0.0.1:9999"))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, with("socket", "127.0.0.1:9998")))
                .isFalse();
        assertThat(deployer.isSamePlace(production, with("backend", "checkout-staging")))
                .isFalse();
    }

    private String problem(String name, Object value) {
        var problems = deployer.problems(with(name, value));
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }

    private static Settings with(String name, Object value) {
        return settings(9999).with(new Settings(Map.of(name, value)));
    }

    private static Settings settings(int port) {
        var groups = new LinkedHashMap<String, Object>();
        groups.put("blue", List.of("blue1", "blue2"));
        groups.put("green", List.of("green1"));
        return new Settings(Map.of(
                "socket",
                "127.0.0.1:" + port,
                "backend",
                "checkout",
                "groups",
                groups,
                "versions",
                Map.of("map", "/v.map")));
    }

    private Order order(double weight) {
        return order("1.5.0", "1.4.2", weight);
    }

    private Order order(String version, String serving, double weight) {
        return new Order(
                "REL-1:shift:0", "REL-1", "checkout", version, serving, weight, settings(api.port()), null, null);
    }

    /** Speaks as HAProxy 2.6 does, and notes what share the new version has after each order. */
    private static final class PlayedRuntimeApi {

        final Map<String, Integer> weights =
                Collections.synchronizedMap(new LinkedHashMap<>(Map.of("blue1", 100, "blue2", 100, "green1", 0)));
        final Map<String, String> versions = Collections.synchronizedMap(
                new HashMap<>(Map.of("blue1", "1.4.2", "blue2", "1.4.2", "green1", "1.5.0")));
        final Map<String, String> instead = new ConcurrentHashMap<>();
        final List<Double> shares = Collections.synchronizedList(new ArrayList<>());
        volatile String algorithm = "roundrobin";
        volatile String cookie = "";
        volatile int checkStatus = 15;
        volatile boolean forgets;
        private ServerSocket door;

        void open() throws IOException {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            var thread = new Thread(this::serve, "played-runtime-api");
            thread.setDaemon(true);
            thread.start();
        }

        int port() {
            return door.getLocalPort();
        }

        void close() throws IOException {
            door.close();
        }

        double share() {
            var stable = weights.get("blue1") + weights.get("blue2");
            return 100.0 * weights.get("green1") / (stable + weights.get("green1"));
        }

        private void serve() {
            while (!door.isClosed()) {
                try (var client = door.accept();
                        var in = new BufferedReader(
                                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8))) {
                    var answer = answer(in.readLine());
                    client.getOutputStream().write((answer + "\n").getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    // Who asked has gone; the next one comes, unless the test is over.
                }
            }
        }

        private String answer(String command) {
            for (var other : instead.entrySet()) {
                if (command.startsWith(other.getKey())) {
                    return other.getValue() + "\n";
                }
            }
            if (command.equals("show cli level")) {
                return "admin\n";
            }
            if (command.startsWith("show servers state")) {
                var rows = new StringBuilder(FarmTest.STATE_HEAD);
                weights.forEach((server, weight) -> rows.append("3 checkout 1 " + server + " 127.0.0.1 2 0 " + weight
                        + " 1 0 " + checkStatus + " 3 2 6 0 0 0 - 80 - 0 0 - - 0\n"));
                return rows.toString();
            }
            if (command.startsWith("show stat")) {
                var rows = new StringBuilder("# pxname,svname,status,bck,type,last_chk,cookie,algo,\n");
                weights.keySet().forEach(server -> rows.append("checkout," + server + ",UP,0,2,,,,\n"));
                return rows + "checkout,BACKEND,UP,0,1,," + cookie + "," + algorithm + ",\n";
            }
            if (command.startsWith("show map")) {
                var rows = new StringBuilder();
                versions.forEach((server, version) -> rows.append("0x5 " + server + " " + version + "\n"));
                return rows.toString();
            }
            var words = command.split("[ /]");
            if (!forgets) {
                weights.put(words[3], Integer.valueOf(words[4]));
            }
            shares.add(share());
            return "";
        }
    }
}
