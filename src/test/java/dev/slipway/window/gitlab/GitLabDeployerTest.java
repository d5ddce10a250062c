package dev.slipway.window.gitlab;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.window.Deployer.Answer;
import dev.slipway.window.Deployer.Order;
import dev.slipway.window.Deployer.State;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as GitLab documents them (API version 4). */
class GitLabDeployerTest {

    private static final String TOKEN = "glpat-notARealToken";
    private static final String KEY = "REL-42:shift:1";
    private static final String PROJECT = "/api/v4/projects/acme%2Fcheckout";
    private static final String PIPELINES = PROJECT + "/pipelines";
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @RegisterExtension
    static final WireMockExtension GITLAB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final GitLabDeployer deployer =
            new GitLabDeployer(new ObjectMapper(), Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(10));

    @Test
    void an_order_starts_a_pipeline_with_its_variables() {
        thereAre();
        begins(61, KEY);

        assertThat(deployer.shift(order(KEY)))
                .isEqualTo(new Answer.Pending(
                        "Run REL-42:shift:1 was started: https://gitlab.com/acme/checkout/-/pipelines/61"));

        GITLAB.verify(getRequestedFor(urlPathEqualTo(PIPELINES))
                .withQueryParam("name", equalTo(KEY))
                .withHeader("PRIVATE-TOKEN", equalTo(TOKEN)));
        GITLAB.verify(getRequestedFor(urlPathEqualTo(PIPELINES))
                .withQueryParam("source", equalTo("api"))
                .withQueryParam("created_after", equalTo("2026-11-17T10:00:00Z")));
        GITLAB.verify(postRequestedFor(urlEqualTo(PROJECT + "/pipeline"))
                .withHeader("PRIVATE-TOKEN", equalTo(TOKEN))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson("""
                        {"ref": "main", "variables": [
                          {"key": "SLIPWAY_ACTION", "value": "shift"}, {"key": "SLIPWAY_VERSION", "value": "1.5.0"},
                          {"key": "SLIPWAY_SERVING_VERSION", "value": "1.4.0"}, {"key": "SLIPWAY_WEIGHT", "value": "25"},
                          {"key": "SLIPWAY_KEY", "value": "REL-42:shift:1"},
                          {"key": "SLIPWAY_TARGET", "value": "production"}]}""")));
    }

    @ParameterizedTest
    @CsvSource({
        "created, Pending",
        "waiting_for_resource, Pending",
        "preparing, Pending",
        "pending, Pending",
        "running, Pending",
        "canceling, Pending",
        "manual, Pending",
        "scheduled, Pending",
        "success, Done",
        "failed, Failed",
        "canceled, Failed",
        "skipped, Failed"
    })
    void every_status_of_a_pipeline_has_its_meaning_and_no_second_one_is_started(String status, String meaning) {
        named(KEY, pipeline(61, KEY, status, NOW.minusSeconds(60)));

        var answer = deployer.shift(order(KEY));

        assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
        assertThat(answer.toString()).contains("https://gitlab.com/acme/checkout/-/pipelines/61");
        assertThat(deployer.outcome(order(KEY))).isEqualTo(answer);
        GITLAB.verify(0, postRequestedFor(urlEqualTo(PROJECT + "/pipeline")));
    }

    /** It would never be found again, and every try would start one more. */
    @Test
    void a_pipeline_that_does_not_bear_the_key_is_cancelled_and_told() {
        thereAre();
        begins(61, "Deploy");
        GITLAB.stubFor(post(PIPELINES + "/61/cancel").willReturn(okJson(pipeline(61, "Deploy", "canceled", NOW))));

        assertThat(deployer.deploy(order("REL-42:deploy")))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).contains("Add workflow: name: $SLIPWAY_KEY"));
        GITLAB.verify(1, postRequestedFor(urlEqualTo(PIPELINES + "/61/cancel")));
    }

    @Test
    void after_a_crash_between_call_and_commit_the_same_order_starts_no_second_pipeline() {
        thereAre();
        begins(61, KEY);
        deployer.shift(order(KEY));
        named(KEY, pipeline(61, KEY, "success", NOW));

        var restarted = new GitLabDeployer(new ObjectMapper(), Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(10));

        assertThat(restarted.shift(order(KEY)))
                .isEqualTo(new Answer.Done("The run succeeded: https://gitlab.com/acme/checkout/-/pipelines/61"));
        GITLAB.verify(1, postRequestedFor(urlEqualTo(PROJECT + "/pipeline")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_start_without_an_answer_is_looked_for_before_it_is_told_as_a_failure(Fault fault) {
        thereAre();
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES))
                .withQueryParam("name", equalTo(KEY))
                .inScenario("doubt")
                .whenScenarioStateIs(STARTED)
                .willReturn(okJson("[]")));
        GITLAB.stubFor(post(PROJECT + "/pipeline")
                .inScenario("doubt")
                .willReturn(aResponse().withFault(fault))
                .willSetStateTo("asked"));
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES))
                .withQueryParam("name", equalTo(KEY))
                .inScenario("doubt")
                .whenScenarioStateIs("asked")
                .willReturn(okJson("[" + pipeline(61, KEY, "running", NOW) + "]")));

        assertThat(deployer.shift(order(KEY))).isInstanceOf(Answer.Pending.class);
        GITLAB.verify(1, postRequestedFor(urlEqualTo(PROJECT + "/pipeline")));
    }

    @Test
    void a_start_without_an_answer_and_without_a_pipeline_is_a_technical_failure() {
        thereAre();
        GITLAB.stubFor(post(PROJECT + "/pipeline").willReturn(aResponse().withFixedDelay(2_000)));

        assertThatThrownBy(() -> deployer.shift(order(KEY, Map.of("timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("GitLab did not answer within 1000 ms.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | {\"message\": {\"base\": [\"Reference not found\"]}} | Reference not found",
                "401 | {\"message\": \"401 Unauthorized\"} | 401 Unauthorized",
                "403 | {\"error\": \"insufficient_scope\", \"scope\": \"api\"} | insufficient_scope",
                "404 | {\"message\": \"404 Project Not Found\"} | 404 Project Not Found"
            })
    void a_refusal_is_told_in_gitlabs_words_and_is_not_tried_again(int status, String body, String words) {
        thereAre();
        GITLAB.stubFor(post(PROJECT + "/pipeline")
                .willReturn(aResponse().withStatus(status).withBody(body)));

        assertThat(deployer.deploy(order("REL-42:deploy")))
                .isEqualTo(new Answer.Failed("GitLab answered " + status + ": " + words + "."));
        GITLAB.verify(1, postRequestedFor(urlEqualTo(PROJECT + "/pipeline")));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void a_server_in_trouble_is_a_technical_failure(int status) {
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES)).willReturn(aResponse().withStatus(status)));

        assertThatThrownBy(() -> deployer.shift(order(KEY))).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(() -> deployer.outcome(order(KEY))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_pipeline_that_waits_for_a_button_for_too_long_is_cancelled() {
        named(KEY, pipeline(61, KEY, "manual", NOW.minusSeconds(601)));
        GITLAB.stubFor(post(PIPELINES + "/61/cancel").willReturn(okJson("{}")));

        assertThat(deployer.outcome(order(KEY)))
                .isEqualTo(new Answer.Failed("the run had not begun within PT10M (manual) and was cancelled:"
                        + " https://gitlab.com/acme/checkout/-/pipelines/61"));
    }

    @Test
    void the_way_back_cancels_what_the_release_still_has_under_way_and_nothing_else() {
        thereAre(
                pipeline(65, "REL-421:shift:0", "running", NOW),
                pipeline(64, "REL-42:rehearsal:r1:shift", "running", NOW),
                pipeline(63, KEY, "pending", NOW),
                pipeline(62, "REL-42:shift:0", "success", NOW),
                pipeline(61, null, "running", NOW));
        begins(66, "REL-42:rollback:1");
        GITLAB.stubFor(post(PIPELINES + "/63/cancel").willReturn(aResponse().withStatus(403)));

        var answer = deployer.rollBack(order("REL-42:rollback:1"));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Pending.class,
                        pending -> assertThat(pending.message())
                                .startsWith("Run REL-42:rollback:1 was started: ")
                                .contains("Not cancelled: https://gitlab.com/acme/checkout/-/pipelines/63"));
        assertThat(GITLAB.findAll(postRequestedFor(urlPathEqualTo(PIPELINES + "/63/cancel"))))
                .hasSize(1);
        assertThat(GITLAB.getAllServeEvents()).hasSize(5);
    }

    @Test
    void a_rehearsal_must_name_another_environment() {
        assertThat(deployer.isSamePlace(settings(Map.of()), settings(Map.of("project", "acme/staging"))))
                .isTrue();
        assertThat(deployer.isSamePlace(settings(Map.of()), settings(Map.of("environment", "staging"))))
                .isFalse();
    }

    @Test
    void nobody_knows_what_serves_unless_an_address_tells() {
        assertThat(deployer.state(order(KEY))).isInstanceOf(State.Unknown.class);
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings(Map.of()))).isEmpty();
        assertThat(deployer.problems(Settings.NONE))
                .satisfiesExactlyInAnyOrder(
                        token -> assertThat(token).startsWith("token is missing"),
                        project -> assertThat(project).startsWith("project is missing"));
    }

    private static void thereAre(String... pipelines) {
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES)).willReturn(okJson("[" + String.join(",", pipelines) + "]")));
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES))
                .withQueryParam("name", equalTo("REL-42:rollback:1"))
                .willReturn(okJson("[]")));
    }

    private static void named(String name, String pipeline) {
        GITLAB.stubFor(get(urlPathEqualTo(PIPELINES))
                .withQueryParam("name", equalTo(name))
                .willReturn(okJson("[" + pipeline + "]")));
    }

    private static void begins(long id, String name) {
        GITLAB.stubFor(post(PROJECT + "/pipeline").willReturn(created(pipeline(id, null, "created", NOW))));
        GITLAB.stubFor(get(urlEqualTo(PIPELINES + "/" + id)).willReturn(okJson(pipeline(id, name, "created", NOW))));
    }

    private static ResponseDefinitionBuilder created(String body) {
        return okJson(body).withStatus(201);
    }

    private static String pipeline(long id, String name, String status, Instant created) {
        return """
                {"id": %d, "iid": 12, "project_id": 1, "status": "%s", "source": "api", "ref": "main",
                 "sha": "a91957a858320c0e17f3a0eca7cfacbff50ea29a", "name": %s,
                 "web_url": "https://gitlab.com/acme/checkout/-/pipelines/%d", "created_at": "%s",
                 "updated_at": "2016-08-11T11:32:35.169Z"}""".formatted(id, status, name == null ? "null" : "\"" + name + "\"", id, created);
    }

    private static Order order(String key) {
        return order(key, Map.of());
    }

    private static Order order(String key, Map<String, String> others) {
        return new Order(key, "REL-42", "checkout", "1.5.0", "1.4.0", 25, settings(others), null, null);
    }

    private static Settings settings(Map<String, String> others) {
        var values = new HashMap<String, Object>(
                Map.of("url", GITLAB.baseUrl(), "project", "acme/checkout", "token", TOKEN));
        values.putAll(others);
        return new Settings(values);
    }
}
