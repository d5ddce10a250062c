package dev.slipway.window.githubactions;

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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as GitHub documents them (version 2022-11-28). */
class GitHubActionsDeployerTest {

    private static final String TOKEN = "ghs_notARealToken";
    private static final String KEY = "REL-42:shift:1";
    private static final String WORKFLOW = "/repos/acme/checkout/actions/workflows/deploy.yml";
    private static final String RUNS = WORKFLOW + "/runs";
    private static final String DISPATCHES = WORKFLOW + "/dispatches";
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    @RegisterExtension
    static final WireMockExtension GITHUB = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final GitHubActionsDeployer deployer =
            new GitHubActionsDeployer(new ObjectMapper(), Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMillis(10));

    @Test
    void an_order_starts_the_workflow_with_its_inputs() {
        thereAre();
        dispatches(aResponse().withStatus(204));

        assertThat(deployer.shift(order(KEY))).isEqualTo(new Answer.Pending("Run REL-42:shift:1 was started."));

        GITHUB.verify(getRequestedFor(urlPathEqualTo(RUNS))
                .withQueryParam("event", equalTo("workflow_dispatch"))
                .withQueryParam("created", equalTo(">=2026-11-17T10:00:00Z"))
                .withQueryParam("per_page", equalTo("100")));
        GITHUB.verify(postRequestedFor(urlEqualTo(DISPATCHES))
                .withHeader("Authorization", equalTo("Bearer " + TOKEN))
                .withHeader("Accept", equalTo("application/vnd.github+json"))
                .withHeader("X-GitHub-Api-Version", equalTo("2022-11-28"))
                .withRequestBody(equalToJson("""
                        {"ref": "main", "inputs": {"action": "shift", "version": "1.5.0", "serving_version": "1.4.0",
                         "weight": "37.5", "key": "REL-42:shift:1", "target": "production"}}""")));
    }

    @Test
    void where_github_tells_the_runs_address_it_is_told_on() {
        thereAre();
        dispatches(okJson("""
                {"workflow_run_id": 30433642, "run_url": "https://api.github.com/repos/acme/checkout/actions/runs/30433642",
                 "html_url": "https://github.com/acme/checkout/actions/runs/30433642"}"""));

        assertThat(deployer.deploy(order("REL-42:deploy")))
                .isEqualTo(new Answer.Pending(
                        "Run REL-42:deploy was started:" + " https://github.com/acme/checkout/actions/runs/30433642"));
    }

    @ParameterizedTest
    @CsvSource({
        "queued, , Pending",
        "requested, , Pending",
        "pending, , Pending",
        "waiting, , Pending",
        "in_progress, , Pending",
        "completed, success, Done",
        "completed, failure, Failed",
        "completed, cancelled, Failed",
        "completed, timed_out, Failed",
        "completed, skipped, Failed",
        "completed, neutral, Failed",
        "completed, startup_failure, Failed",
        "completed, action_required, Failed",
        "completed, stale, Failed",
        "completed, something_new, Failed"
    })
    void every_status_of_a_run_has_its_meaning_and_no_second_run_is_started(
            String status, String conclusion, String meaning) {
        thereAre(
                run(7, KEY, status, conclusion, NOW.minusSeconds(60)),
                run(6, "REL-42:shift:0", "completed", "success"));

        var answer = deployer.shift(order(KEY));

        assertThat(answer.getClass().getSimpleName()).isEqualTo(meaning);
        assertThat(answer.toString()).contains("https://github.com/acme/checkout/actions/runs/7");
        assertThat(answer.toString()).contains(meaning.equals("Failed") ? conclusion : "");
        assertThat(deployer.shift(order(KEY))).isEqualTo(answer);
        assertThat(deployer.outcome(order(KEY))).isEqualTo(answer);
        GITHUB.verify(0, postRequestedFor(urlEqualTo(DISPATCHES)));
    }

    /** Slipway was killed after the call and before it had stored that it called. */
    @Test
    void after_a_crash_between_call_and_commit_the_same_order_starts_no_second_run() {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("crash")
                .whenScenarioStateIs(STARTED)
                .willReturn(runs()));
        GITHUB.stubFor(post(DISPATCHES)
                .inScenario("crash")
                .willReturn(aResponse().withStatus(204))
                .willSetStateTo("started"));
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("crash")
                .whenScenarioStateIs("started")
                .willReturn(runs(run(7, KEY, "in_progress", null))));
        deployer.shift(order(KEY));

        var restarted = new GitHubActionsDeployer(
                new ObjectMapper(), Clock.fixed(NOW.plusSeconds(90), ZoneOffset.UTC), Duration.ofMillis(10));

        assertThat(restarted.shift(order(KEY)))
                .isEqualTo(new Answer.Pending("The run is under way: https://github.com/acme/checkout/actions/runs/7"));
        GITHUB.verify(1, postRequestedFor(urlEqualTo(DISPATCHES)));
    }

    @Test
    void where_two_runs_bear_one_key_the_first_counts_whatever_becomes_of_the_second() {
        thereAre(run(8, KEY, "completed", "failure"), run(7, KEY, "completed", "success"));

        assertThat(deployer.outcome(order(KEY)))
                .isEqualTo(new Answer.Done("The run succeeded: https://github.com/acme/checkout/actions/runs/7"));
    }

    /** The connection is cut, reset or silent after GitHub took the order on; the run shows up late. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_start_without_an_answer_is_looked_for_before_it_is_told_as_a_failure(Fault fault) {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("doubt")
                .whenScenarioStateIs(STARTED)
                .willReturn(runs()));
        GITHUB.stubFor(post(DISPATCHES)
                .inScenario("doubt")
                .willReturn(aResponse().withFault(fault))
                .willSetStateTo("asked"));
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("doubt")
                .whenScenarioStateIs("asked")
                .willReturn(runs())
                .willSetStateTo("visible"));
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .inScenario("doubt")
                .whenScenarioStateIs("visible")
                .willReturn(runs(run(7, KEY, "queued", null))));

        assertThat(deployer.shift(order(KEY))).isInstanceOf(Answer.Pending.class);
        GITHUB.verify(1, postRequestedFor(urlEqualTo(DISPATCHES)));
    }

    @Test
    void a_start_without_an_answer_and_without_a_run_is_a_technical_failure() {
        thereAre();
        dispatches(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        assertThatThrownBy(() -> deployer.shift(order(KEY))).isInstanceOf(UncheckedIOException.class);
        GITHUB.verify(4, getRequestedFor(urlPathEqualTo(RUNS)));
    }

    @ParameterizedTest
    @CsvSource({
        "401, Bad credentials",
        "403, Resource not accessible by integration",
        "404, Not Found",
        "422, 'Unexpected inputs provided: [\"weight\"]'"
    })
    void a_refusal_is_told_in_githubs_words_and_is_not_tried_again(int status, String message) {
        thereAre();
        dispatches(aResponse()
                .withStatus(status)
                .withBody("{\"message\": \"" + message.replace("\"", "\\\"")
                        + "\", \"documentation_url\": \"https://docs.github.com/rest\", \"status\": \"" + status
                        + "\"}"));

        assertThat(deployer.deploy(order("REL-42:deploy")))
                .isEqualTo(new Answer.Failed("GitHub answered " + status + ": " + message + "."));
        GITHUB.verify(1, postRequestedFor(urlEqualTo(DISPATCHES)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503})
    void a_server_in_trouble_is_a_technical_failure(int status) {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS)).willReturn(aResponse().withStatus(status)));

        assertThatThrownBy(() -> deployer.shift(order(KEY)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageStartingWith("GitHub answered " + status);
        assertThatThrownBy(() -> deployer.outcome(order(KEY))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_limit_of_requests_that_is_used_up_is_no_refusal() {
        var limited = "{\"message\": \"API rate limit exceeded for installation ID 1.\"}";
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("x-ratelimit-remaining", "0")
                        .withBody(limited)));
        assertThatThrownBy(() -> deployer.shift(order(KEY)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("rate limit exceeded");

        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("Retry-After", "60")
                        .withBody(limited)));
        assertThatThrownBy(() -> deployer.shift(order(KEY))).isInstanceOf(UncheckedIOException.class);

        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .willReturn(aResponse()
                        .withStatus(403)
                        .withHeader("x-ratelimit-remaining", "58")
                        .withBody(limited)));
        assertThat(deployer.shift(order(KEY))).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void silence_a_slow_body_and_a_closed_door_are_technical_failures_within_the_timeout() {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS)).willReturn(runs().withFixedDelay(3_000)));
        assertThatThrownBy(() -> deployer.shift(order(KEY, Map.of("timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("within 1000 ms");

        GITHUB.stubFor(get(urlPathEqualTo(RUNS)).willReturn(runs().withChunkedDribbleDelay(5, 6_000)));
        assertThatThrownBy(() -> deployer.shift(order(KEY, Map.of("timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class);

        assertThatThrownBy(() -> deployer.shift(order(KEY, Map.of("url", "http://localhost:1"))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void an_answer_that_is_something_else_is_a_technical_failure() {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS)).willReturn(okJson("{\"current_user_url\": \"…\"}")));

        assertThatThrownBy(() -> deployer.shift(order(KEY))).hasMessageContaining("no workflow_runs");
    }

    @Test
    void the_token_is_in_no_message() {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .willReturn(aResponse().withStatus(401).withBody("{\"message\": \"who is " + TOKEN + "?\"}")));
        assertThat(deployer.shift(order(KEY))).isEqualTo(new Answer.Failed("GitHub answered 401: who is …?."));

        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .willReturn(aResponse().withStatus(500).withBody("{\"message\": \"" + TOKEN + "\"}")));
        assertThatThrownBy(() -> deployer.shift(order(KEY))).message().doesNotContain(TOKEN);
    }

    @Test
    void a_run_that_waits_too_long_is_cancelled_so_that_it_moves_no_traffic_later() {
        thereAre(run(7, KEY, "queued", null, NOW.minusSeconds(601)));
        GITHUB.stubFor(post("/repos/acme/checkout/actions/runs/7/cancel")
                .willReturn(aResponse().withStatus(202).withBody("{}")));

        assertThat(deployer.outcome(order(KEY)))
                .isEqualTo(new Answer.Failed("the run had not begun within PT10M (queued) and was cancelled:"
                        + " https://github.com/acme/checkout/actions/runs/7"));
        GITHUB.verify(1, postRequestedFor(urlEqualTo("/repos/acme/checkout/actions/runs/7/cancel")));

        assertThat(deployer.outcome(order(KEY, Map.of("queuedWithin", "PT1H")))).isInstanceOf(Answer.Pending.class);
    }

    @Test
    void one_that_began_in_the_meantime_is_looked_at_again() {
        thereAre(run(7, KEY, "waiting", null, NOW.minusSeconds(601)));
        GITHUB.stubFor(post("/repos/acme/checkout/actions/runs/7/cancel")
                .willReturn(aResponse()
                        .withStatus(409)
                        .withBody("{\"message\": \"Cannot cancel a workflow run that is completed.\"}")));
        assertThat(deployer.outcome(order(KEY))).isInstanceOf(Answer.Pending.class);

        GITHUB.stubFor(post("/repos/acme/checkout/actions/runs/7/cancel")
                .willReturn(aResponse().withStatus(403)));
        assertThat(deployer.outcome(order(KEY)))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).contains("Cancel it by hand: https://github.com/"));
    }

    @Test
    void the_way_back_cancels_what_the_release_still_has_under_way_and_nothing_else() {
        thereAre(
                run(9, "REL-421:shift:0", "in_progress", null),
                run(8, "REL-42:rehearsal:r1:shift", "in_progress", null),
                run(7, KEY, "in_progress", null),
                run(6, "REL-42:shift:0", "completed", "success"),
                run(5, "Some other run", "queued", null));
        GITHUB.stubFor(post("/repos/acme/checkout/actions/runs/7/cancel")
                .willReturn(aResponse().withStatus(202)));
        dispatches(aResponse().withStatus(204));

        var answer = deployer.rollBack(order("REL-42:rollback:1"));

        assertThat(answer)
                .isEqualTo(new Answer.Pending("Run REL-42:rollback:1 was started."
                        + " Cancelled before: https://github.com/acme/checkout/actions/runs/7"));
        assertThat(GITHUB.findAll(postRequestedFor(urlPathEqualTo("/repos/acme/checkout/actions/runs/7/cancel"))))
                .hasSize(1);
        assertThat(GITHUB.getAllServeEvents()).hasSize(3);
    }

    @Test
    void a_run_on_a_later_page_is_found() {
        var hundred = IntStream.rangeClosed(1, 100)
                .mapToObj(i -> run(1_000 - i, "REL-" + (1_000 - i) + ":deploy", "completed", "success"))
                .toArray(String[]::new);
        GITHUB.stubFor(
                get(urlPathEqualTo(RUNS)).withQueryParam("page", equalTo("1")).willReturn(runs(hundred)));
        GITHUB.stubFor(get(urlPathEqualTo(RUNS))
                .withQueryParam("page", equalTo("2"))
                .willReturn(runs(run(7, KEY, "completed", "success"))));

        assertThat(deployer.outcome(order(KEY))).isInstanceOf(Answer.Done.class);
    }

    @Test
    void an_order_whose_run_is_not_there_is_under_way() {
        thereAre();

        assertThat(deployer.outcome(order(KEY)))
                .isEqualTo(new Answer.Pending("There is no run with the name REL-42:shift:1 yet."));
    }

    @Test
    void a_rehearsal_must_name_another_environment_and_is_told_it() {
        var production = settings(Map.of());
        assertThat(deployer.isSamePlace(production, settings(Map.of("workflow", "staging.yml"))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, settings(Map.of("environment", "Production"))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, settings(Map.of("environment", "staging"))))
                .isFalse();

        thereAre();
        dispatches(aResponse().withStatus(204));
        deployer.rollBack(new Order(
                "REL-42:rehearsal:r1:rollback:1",
                "REL-42",
                "checkout",
                "1.5.0",
                null,
                0,
                settings(Map.of("environment", "staging")),
                null,
                "our staging"));
        GITHUB.verify(postRequestedFor(urlEqualTo(DISPATCHES)).withRequestBody(equalToJson("""
                {"ref": "main", "inputs": {"action": "rollback", "version": "1.5.0", "serving_version": "",
                 "weight": "0", "key": "REL-42:rehearsal:r1:rollback:1", "target": "staging"}}""")));
    }

    @Test
    void nobody_knows_what_serves_unless_an_address_tells() {
        assertThat(deployer.state(order(KEY)))
                .isEqualTo(new State.Unknown("runs do not tell what serves; set stateUrl"));

        var address = GITHUB.url("/weight") + "?of={service}&version={version}&at={target}";
        var asked = order(KEY, Map.of("stateUrl", address, "stateToken", "a state token"));
        GITHUB.stubFor(get(urlPathEqualTo("/weight"))
                .withQueryParam("of", equalTo("checkout"))
                .withQueryParam("version", equalTo("1.5.0"))
                .withQueryParam("at", equalTo("production"))
                .withHeader("Authorization", equalTo("Bearer a state token"))
                .willReturn(okJson("{\"weight\": 37.5}")));
        assertThat(deployer.state(asked)).isEqualTo(new State.Serving(37.5));

        GITHUB.stubFor(get(urlPathEqualTo("/weight")).willReturn(okJson("{\"weight\": 101}")));
        assertThat(deployer.state(asked)).isInstanceOf(State.Unknown.class);
        GITHUB.stubFor(get(urlPathEqualTo("/weight")).willReturn(aResponse().withStatus(404)));
        assertThat(deployer.state(asked)).isInstanceOf(State.Unknown.class);
        GITHUB.stubFor(get(urlPathEqualTo("/weight")).willReturn(aResponse().withStatus(503)));
        assertThatThrownBy(() -> deployer.state(asked)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings(Map.of("stateUrl", "https://lb.example/{service}/{version}"))))
                .isEmpty();
        assertThat(deployer.problems(Settings.NONE))
                .satisfiesExactlyInAnyOrder(
                        token -> assertThat(token).startsWith("token is missing"),
                        repository -> assertThat(repository).startsWith("repository is missing"),
                        workflow -> assertThat(workflow).startsWith("workflow is missing"));
        assertThat(deployer.problems(settings(Map.of(
                        "url", "ftp://github.example",
                        "repository", "checkout",
                        "workflow", ".github/workflows/deploy.yml",
                        "queuedWithin", "PT1S",
                        "timeout", "PT30S",
                        "environment", "",
                        "stateUrl", "lb.example",
                        "branch", "main"))))
                .extracting(problem -> problem.split("[: ]")[0])
                .containsExactlyInAnyOrder(
                        "url", "repository", "workflow", "queuedWithin", "timeout", "stateUrl", "branch");
    }

    private static void thereAre(String... runs) {
        GITHUB.stubFor(get(urlPathEqualTo(RUNS)).willReturn(runs(runs)));
    }

    private static void dispatches(ResponseDefinitionBuilder response) {
        GITHUB.stubFor(post(DISPATCHES).willReturn(response));
    }

    private static ResponseDefinitionBuilder runs(String... runs) {
        return okJson("{\"total_count\": " + runs.length + ", \"workflow_runs\": ["
                + IntStream.range(0, runs.length).mapToObj(i -> runs[i]).collect(Collectors.joining(",")) + "]}");
    }

    private static String run(long id, String title, String status, String conclusion) {
        return run(id, title, status, conclusion, NOW.minusSeconds(60));
    }

    private static String run(long id, String title, String status, String conclusion, Instant created) {
        return """
                {"id": %d, "name": "Deploy", "node_id": "MDEyOldvcmtmbG93IFJ1bjI2OTI4OQ==", "head_branch": "main",
                 "head_sha": "acb5820ced9479c074f688cc328bf03f341a511d", "path": ".github/workflows/deploy.yml@main",
                 "run_number": 562, "event": "workflow_dispatch", "display_title": "%s", "status": "%s",
                 "conclusion": %s, "workflow_id": 159038, "created_at": "%s", "updated_at": "%s", "run_attempt": 1,
                 "url": "https://api.github.com/repos/acme/checkout/actions/runs/%d",
                 "html_url": "https://github.com/acme/checkout/actions/runs/%d"}""".formatted(
                id, title, status, conclusion == null ? "null" : "\"" + conclusion + "\"", created, created, id, id);
    }

    private static Order order(String key) {
        return order(key, Map.of());
    }

    private static Order order(String key, Map<String, String> others) {
        return new Order(key, "REL-42", "checkout", "1.5.0", "1.4.0", 37.5, settings(others), null, null);
    }

    private static Settings settings(Map<String, String> others) {
        var values = new HashMap<String, Object>(Map.of(
                "url", GITHUB.baseUrl(), "repository", "acme/checkout", "workflow", "deploy.yml", "token", TOKEN));
        values.putAll(others);
        return new Settings(values);
    }
}
