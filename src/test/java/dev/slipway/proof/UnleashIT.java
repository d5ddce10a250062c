package dev.slipway.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Deployer {@code feature-flag} moves a flag of a real Unleash server, over a network that fails. */
class UnleashIT {

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(15);

    private static RunningUnleash unleash;
    private static AnnotationConfigApplicationContext context;
    private static int flags;

    private Deployer deployer;
    private String flag;
    private Network network;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        unleash = RunningUnleash.start();
        context = new AnnotationConfigApplicationContext();
        context.registerBean(ObjectMapper.class, () -> new ObjectMapper());
        context.scan("dev.slipway.window.featureflag");
        context.refresh();
    }

    @AfterAll
    static void stop() throws IOException {
        if (context != null) {
            context.close();
        }
        if (unleash != null) {
            unleash.close();
        }
    }

    @BeforeEach
    void a_flag_of_its_own() throws IOException, InterruptedException {
        deployer = context.getBean(Deployer.class);
        flag = "flag-" + ++flags;
        unleash.createFlag(flag);
        network = new Network();
    }

    @AfterEach
    void the_network_is_gone() {
        network.close();
    }

    /** The effect is what applications are told, not only what the console shows. */
    @Test
    void a_release_goes_from_nobody_to_everybody_and_back() {
        assertThat(deployer.deploy(order("deploy", 0))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(0));

        for (var weight : new int[] {5, 25, 100}) {
            assertThat(deployer.shift(order("shift:" + weight, weight))).isInstanceOf(Answer.Done.class);
            assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(weight));
            applicationsAreTold(true, weight);
        }

        assertThat(deployer.rollBack(order("rollback:1", 0)))
                .isEqualTo(new Answer.Done("The flag " + flag + " in production is off."));
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(0));
        applicationsAreTold(false, 100);
    }

    @Test
    void the_same_orders_again_change_nothing() throws Exception {
        deployer.shift(order("shift:0", 5));
        var afterShift = unleash.changes(flag);
        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Done.class);
        assertThat(unleash.changes(flag)).isEqualTo(afterShift);

        deployer.rollBack(order("rollback:1", 0));
        var afterRollback = unleash.changes(flag);
        assertThat(deployer.rollBack(order("rollback:1", 0))).isInstanceOf(Answer.Done.class);
        assertThat(unleash.changes(flag)).isEqualTo(afterRollback);
    }

    /** The next release begins at its own first step, not where the last one was switched off. */
    @Test
    void nobody_gets_the_old_percentage_when_a_flag_is_used_again() throws Exception {
        deployer.shift(order("shift:2", 100));
        deployer.rollBack(order("rollback:1", 0));
        network.afterChange = () -> {
            var rollout = unleash.strategies(flag).get(0).path("parameters").path("rollout");
            assertThat(rollout.asText()).isEqualTo("5");
            return null;
        };

        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Done.class);
        assertThat(network.failed).isNull();
        assertThat(unleash.strategies(flag)).hasSize(1);
    }

    /**
     * Whatever breaks on the way, and wherever: the order is a technical failure or done, and given once more, as after a
     * crash between call and commit, it is done, with as many changes as without a fault.
     */
    @ParameterizedTest
    @EnumSource(value = Network.Mode.class, names = "PASS", mode = EnumSource.Mode.EXCLUDE)
    void no_shift_is_lost_and_none_is_made_twice_when_the_network_fails(Network.Mode mode) throws Exception {
        deployer.shift(order("shift:0", 5));
        var before = unleash.changes(flag);
        network.mode = mode;

        assertThatThrownBy(() -> deployer.shift(order("shift:1", 25)))
                .isInstanceOf(UncheckedIOException.class)
                .message()
                .startsWith("Unleash ")
                .doesNotContain(RunningUnleash.adminToken());
        network.mode = Network.Mode.PASS;

        assertThat(deployer.shift(order("shift:1", 25))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(25));
        assertThat(unleash.changes(flag)).isEqualTo(before + 1);

        network.mode = mode;
        assertThatThrownBy(() -> deployer.rollBack(order("rollback:1", 0))).isInstanceOf(UncheckedIOException.class);
        network.mode = Network.Mode.PASS;
        assertThat(deployer.rollBack(order("rollback:1", 0))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(0));
        assertThat(unleash.changes(flag)).isEqualTo(before + 2);
    }

    @Test
    void a_flag_that_is_cut_off_between_percentage_and_switch_goes_on_where_it_stopped() throws Exception {
        network.mode = Network.Mode.ANSWER_LOST;
        assertThatThrownBy(() -> deployer.shift(order("shift:0", 5))).isInstanceOf(UncheckedIOException.class);
        assertThat(unleash.strategies(flag)).hasSize(1);
        network.mode = Network.Mode.PASS;
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(0));

        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Done.class);
        assertThat(unleash.strategies(flag)).hasSize(1);
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(5));
    }

    @Test
    void what_somebody_else_sets_at_the_same_time_is_seen_and_told() throws Exception {
        deployer.shift(order("shift:0", 5));
        network.afterChange = () -> {
            unleash.setRollout(flag, 60);
            return null;
        };

        assertThat(deployer.shift(order("shift:1", 25)))
                .isEqualTo(new Answer.Failed("somebody else changed the flag " + flag
                        + " in production: 25 % was ordered, and it is at 60 %"));
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(60));
    }

    @Test
    void a_flag_that_somebody_gets_already_is_not_deployed() throws Exception {
        unleash.addStrategy(flag, flexible(10));
        unleash.turnOn(flag);

        assertThat(deployer.deploy(order("deploy", 0)))
                .isEqualTo(new Answer.Failed("the flag " + flag + " in production already gives the new behaviour to"
                        + " 10 %. Switch it off, or name a flag of this release's own"));
    }

    @Test
    void testers_keep_the_flag_as_they_have_it() throws Exception {
        unleash.addStrategy(flag, """
                {"name": "flexibleRollout", "parameters": {"rollout": "100", "stickiness": "default", "groupId": "t"},
                 "constraints": [{"contextName": "userId", "operator": "IN", "values": ["alice"]}]}""");
        unleash.turnOn(flag);
        assertThat(deployer.deploy(order("deploy", 0))).isInstanceOf(Answer.Done.class);

        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Done.class);

        assertThat(unleash.strategies(flag)).hasSize(2);
        assertThat(unleash.strategies(flag)
                        .get(0)
                        .path("parameters")
                        .path("rollout")
                        .asText())
                .isEqualTo("100");
        assertThat(deployer.state(order("state", 0))).isEqualTo(new State.Serving(5));
    }

    @Test
    void strategies_that_no_percentage_limits_are_refused_and_the_kill_switch_works_all_the_same() throws Exception {
        unleash.addStrategy(flag, "{\"name\": \"default\", \"parameters\": {}}");
        unleash.turnOn(flag);

        assertThat(deployer.deploy(order("deploy", 0)).toString()).contains("the strategy default");
        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Failed.class);
        assertThat(deployer.state(order("state", 0))).isInstanceOf(State.Unknown.class);
        assertThat(deployer.rollBack(order("rollback:1", 0))).isInstanceOf(Answer.Done.class);
        applicationsAreTold(false, null);

        var two = "flag-" + ++flags;
        unleash.createFlag(two);
        unleash.addStrategy(two, flexible(5));
        unleash.addStrategy(two, flexible(5));
        assertThat(deployer.shift(order("shift:0", 5, Map.of("flag", two))).toString())
                .contains("has 2 strategies with a percentage");
    }

    @Test
    void a_fraction_of_a_percent_can_not_be_expressed() throws Exception {
        var before = unleash.changes(flag);

        assertThat(deployer.shift(order("shift:0", 2.5)))
                .isEqualTo(new Answer.Failed(
                        "Unleash can't express 2.5 %: it knows whole percents. Correct rollout.steps"));
        assertThat(unleash.changes(flag)).isEqualTo(before);
    }

    @Test
    void refusals_are_told_in_unleashs_words() throws Exception {
        assertThat(deployer.deploy(order("deploy", 0, Map.of("flag", "nobody-made-this"))))
                .isEqualTo(new Answer.Failed(
                        "Unleash answered 404: There's no feature named \"nobody-made-this\" in project \"default\"."));
        assertThat(deployer.shift(order("shift:0", 5, Map.of("environment", "nowhere"))))
                .isEqualTo(new Answer.Failed(
                        "Unleash has no environment nowhere in project default. Correct environment."));
        assertThat(deployer.shift(order("shift:0", 5, Map.of("token", "*:*.wrong")))
                        .toString())
                .contains("Unleash answered 401: ");
        assertThat(deployer.shift(order("shift:0", 5, Map.of("token", RunningUnleash.sdkToken())))
                        .toString())
                .contains("Unleash answered 403: ");
        unleash.archive(flag);
        assertThat(deployer.shift(order("shift:0", 5))).isInstanceOf(Answer.Failed.class);
        assertThat(deployer.state(order("state", 0))).isInstanceOf(State.Unknown.class);
    }

    @Test
    void a_server_that_is_not_there_is_a_technical_failure() {
        network.close();

        assertThatThrownBy(() -> deployer.shift(order("shift:0", 5))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> deployer.state(order("state", 0))).isInstanceOf(UncheckedIOException.class);
    }

    private void applicationsAreTold(boolean enabled, Integer rollout) {
        await().atMost(TOLD_WITHIN).untilAsserted(() -> {
            JsonNode told = unleash.toldToApplications(flag);
            assertThat(told.path("enabled").asBoolean()).isEqualTo(enabled);
            if (rollout != null) {
                assertThat(told.path("strategies")).hasSize(1);
                assertThat(told.at("/strategies/0/parameters/rollout").asText()).isEqualTo(String.valueOf(rollout));
            }
        });
    }

    private static String flexible(int percentage) {
        return """
                {"name": "flexibleRollout",
                 "parameters": {"rollout": "%d", "stickiness": "default", "groupId": "g"}}""".formatted(percentage);
    }

    private Order order(String what, double weight) {
        return order(what, weight, Map.of());
    }

    private Order order(String what, double weight, Map<String, String> others) {
        var values = new HashMap<String, Object>(Map.of(
                "provider",
                "unleash",
                "url",
                network.url(),
                "flag",
                flag,
                "token",
                RunningUnleash.adminToken(),
                "timeout",
                "PT2S"));
        values.putAll(others);
        return new Order(
                "REL-42:" + what, "REL-42", "checkout", "1.5.0", "1.4.0", weight, new Settings(values), null, null);
    }

    /** What lies between Slipway and Unleash. Questions pass; what fails is every change. */
    private static final class Network implements AutoCloseable {

        enum Mode {
            PASS,
            /** Nothing arrives. */
            CUT,
            /** The change arrives and is made; its answer is lost. */
            ANSWER_LOST,
            /** The change arrives and is made; its answer comes too late. */
            SLOW,
            /** Somebody in between answers that nobody is there. */
            BAD_GATEWAY
        }

        private final HttpClient http = HttpClient.newHttpClient();
        private final HttpServer server;
        volatile Mode mode = Mode.PASS;
        volatile Callable<Void> afterChange;
        volatile Throwable failed;

        Network() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newCachedThreadPool(work -> {
                var thread = new Thread(work, "network");
                thread.setDaemon(true);
                return thread;
            }));
            server.createContext("/", this::pass);
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        private void pass(HttpExchange exchange) throws IOException {
            try (exchange) {
                var isChange = !exchange.getRequestMethod().equals("GET");
                var now = isChange ? mode : Mode.PASS;
                if (now == Mode.CUT) {
                    return;
                }
                if (now == Mode.BAD_GATEWAY) {
                    exchange.sendResponseHeaders(502, -1);
                    return;
                }
                var answer = http.send(passedOn(exchange), HttpResponse.BodyHandlers.ofByteArray());
                var after = afterChange;
                if (isChange && after != null) {
                    afterChange = null;
                    after.call();
                }
                if (now == Mode.ANSWER_LOST) {
                    return;
                }
                if (now == Mode.SLOW) {
                    Thread.sleep(3_000);
                }
                var body = answer.body();
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            } catch (Exception | AssertionError e) {
                failed = e;
            }
        }

        private static HttpRequest passedOn(HttpExchange exchange) throws IOException {
            var request = HttpRequest.newBuilder(URI.create(unleash.url() + exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (var header : new String[] {"Authorization", "Content-Type"}) {
                var value = exchange.getRequestHeaders().getFirst(header);
                if (value != null) {
                    request.header(header, value);
                }
            }
            return request.build();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
