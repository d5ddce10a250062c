package dev.slipway.window.webhook;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.State;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookDeployerTest {

    private static final String SECRET = "an open secret";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final ObjectMapper json = new ObjectMapper();
    private final WebhookDeployer deployer =
            new WebhookDeployer(json, Clock.fixed(Instant.ofEpochSecond(1_800_000_000), ZoneOffset.UTC));

    @Test
    void an_order_is_posted_and_signed() throws Exception {
        answers(okJson("{\"state\": \"SUCCEEDED\", \"message\": \"all pods ready\"}"));

        var answer = deployer.shift(order());

        assertThat(answer).isEqualTo(new Answer.Done("all pods ready"));
        var request = SERVER.findAll(postRequestedFor(urlEqualTo("/hook"))).get(0);
        assertThat(json.readTree(request.getBodyAsString())).isEqualTo(json.readTree("""
                {"key": "REL-42:shift:1", "action": "shift", "release": "REL-42", "service": "checkout",
                 "version": "1.5.0", "servingVersion": "1.4.0", "weight": 25.0,
                 "reportTo": "http://slipway/hooks/deployments/token"}"""));
        assertThat(request.getHeader("Idempotency-Key")).isEqualTo("REL-42:shift:1");
        assertThat(request.getHeader("X-Slipway-Timestamp")).isEqualTo("1800000000");
        assertThat(request.getHeader("X-Slipway-Signature"))
                .isEqualTo("sha256=" + hmac("1800000000." + request.getBodyAsString()));
    }

    @Test
    void an_order_of_a_rehearsal_says_so_and_names_its_target() throws Exception {
        answers(okJson("{\"state\": \"SUCCEEDED\"}"));
        var real = order();

        deployer.rollBack(new Deployer.Order(
                "REL-42:rehearsal:1:rollback:1",
                real.release(),
                real.service(),
                real.version(),
                real.servingVersion(),
                0,
                real.settings(),
                null,
                "staging"));

        var body = json.readTree(
                SERVER.findAll(postRequestedFor(urlEqualTo("/hook"))).get(0).getBodyAsString());
        assertThat(body.path("target").asText()).isEqualTo("staging");
        assertThat(body.path("rehearsal").asBoolean()).isTrue();
    }

    @Test
    void an_order_for_a_part_names_component_and_wave() throws Exception {
        answers(okJson("{\"state\": \"SUCCEEDED\"}"));
        var real = order();

        deployer.deploy(new Deployer.Order(
                "REL-42:part:web@eu-west:deploy",
                real.release(),
                real.service(),
                real.version(),
                real.servingVersion(),
                0,
                real.settings(),
                null,
                null,
                "web",
                "eu-west"));

        var body = json.readTree(
                SERVER.findAll(postRequestedFor(urlEqualTo("/hook"))).get(0).getBodyAsString());
        assertThat(body.path("component").asText()).isEqualTo("web");
        assertThat(body.path("wave").asText()).isEqualTo("eu-west");
        assertThat(body.has("target")).isFalse();
    }

    @Test
    void one_address_is_one_place_whatever_secret_it_is_told_with() {
        var production = settings("https://deploy.example/hook", SECRET, "PT5S");

        assertThat(deployer.isSamePlace(production, settings("https://DEPLOY.example/hook/", "another", "PT9S")))
                .isTrue();
        assertThat(deployer.isSamePlace(production, settings("https://deploy.example/staging", SECRET, "PT5S")))
                .isFalse();
    }

    @Test
    void status_202_and_state_pending_mean_that_a_report_comes_later() {
        answers(aResponse().withStatus(202));
        assertThat(deployer.deploy(order())).isEqualTo(new Answer.Pending(null));

        answers(okJson("{\"state\": \"PENDING\", \"message\": \"queued\"}"));
        assertThat(deployer.deploy(order())).isEqualTo(new Answer.Pending("queued"));
    }

    @Test
    void a_refusal_is_a_business_outcome() {
        answers(okJson("{\"state\": \"FAILED\", \"message\": \"no such image\"}"));
        assertThat(deployer.deploy(order())).isEqualTo(new Answer.Failed("no such image"));

        answers(aResponse().withStatus(422).withBody("{\"message\": \"frozen\"}"));
        assertThat(deployer.rollBack(order()))
                .isEqualTo(new Answer.Failed("the webhook answered with status 422: frozen"));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 408})
    void a_server_in_trouble_is_a_technical_failure(int status) {
        answers(aResponse().withStatus(status));

        assertThatThrownBy(() -> deployer.deploy(order()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("status " + status);
    }

    @Test
    void silence_a_slow_body_and_a_closed_door_are_technical_failures() {
        answers(aResponse().withFixedDelay(1_500));
        assertThatThrownBy(() -> deployer.deploy(order(SERVER.url("/hook"), "PT1S")))
                .isInstanceOf(UncheckedIOException.class);

        answers(okJson("{\"state\": \"SUCCEEDED\"}").withChunkedDribbleDelay(5, 6_000));
        assertThatThrownBy(() -> deployer.deploy(order(SERVER.url("/hook"), "PT1S")))
                .isInstanceOf(UncheckedIOException.class);

        assertThatThrownBy(() -> deployer.deploy(order("http://localhost:1/hook", "PT1S")))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void an_answer_that_is_too_large_or_says_nothing_is_a_technical_failure() {
        answers(okJson("{\"state\": \"SUCCEEDED\", \"message\": \"" + "x".repeat(100_000) + "\"}"));
        assertThatThrownBy(() -> deployer.deploy(order()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("larger than");

        answers(okJson("{}"));
        assertThatThrownBy(() -> deployer.deploy(order())).hasMessageContaining("has no state");

        answers(okJson("fine"));
        assertThatThrownBy(() -> deployer.deploy(order())).hasMessageContaining("no JSON");
    }

    @Test
    void a_redirect_is_not_followed() {
        SERVER.stubFor(post("/elsewhere").willReturn(okJson("{\"state\": \"SUCCEEDED\"}")));
        answers(aResponse().withStatus(307).withHeader("Location", SERVER.url("/elsewhere")));

        assertThat(deployer.deploy(order())).isEqualTo(new Answer.Failed("the webhook answered with status 307"));
        SERVER.verify(0, postRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void the_state_is_asked_for_and_anything_but_a_weight_is_unknown() {
        answers(okJson("{\"weight\": 25}"));
        assertThat(deployer.state(order())).isEqualTo(new State.Serving(25));

        answers(okJson("{\"weight\": 250}"));
        assertThat(deployer.state(order())).isInstanceOf(State.Unknown.class);

        answers(aResponse().withStatus(404));
        assertThat(deployer.state(order())).isInstanceOf(State.Unknown.class);
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings("https://deploy.example/hook", SECRET, "PT5S")))
                .isEmpty();
        assertThat(deployer.problems(Settings.NONE))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("url "))
                .anyMatch(problem -> problem.startsWith("secret "));
        assertThat(deployer.problems(settings("ftp://deploy.example", SECRET, "PT2H")))
                .hasSize(2)
                .anyMatch(problem -> problem.startsWith("url: "))
                .anyMatch(problem -> problem.startsWith("timeout: "));
        assertThat(deployer.problems(settings("https://deploy.example", SECRET, "soon")))
                .singleElement()
                .asString()
                .startsWith("timeout: ");
    }

    private static void answers(ResponseDefinitionBuilder response) {
        SERVER.stubFor(post("/hook").willReturn(response));
    }

    private static Deployer.Order order() {
        return order(SERVER.url("/hook"), "PT20S");
    }

    private static Deployer.Order order(String url, String timeout) {
        return new Deployer.Order(
                "REL-42:shift:1",
                "REL-42",
                "checkout",
                "1.5.0",
                "1.4.0",
                25,
                settings(url, SECRET, timeout),
                URI.create("http://slipway/hooks/deployments/token"),
                null);
    }

    private static Settings settings(String url, String secret, String timeout) {
        return new Settings(Map.of("url", url, "secret", secret, "timeout", timeout));
    }

    private static String hmac(String text) throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
