package dev.slipway.window.featureflag;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.patch;
import static com.github.tomakehurst.wiremock.client.WireMock.patchRequestedFor;
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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads as LaunchDarkly documents them: a flag, and semantic patches. */
class LaunchDarklyFlagTest {

    private static final String TOKEN = "api-notARealToken";
    private static final String FLAG = "/api/v2/flags/shop/new-checkout";
    private static final String NEW = "86208e6e-468f-4425-b334-7f318397f95c";
    private static final String OLD = "7b32de80-f346-4276-bb77-28dfa7ddc2d8";
    private static final String OFF = "\"on\": false, \"fallthrough\": {\"variation\": 0}";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final FeatureFlagDeployer deployer = new FeatureFlagDeployer(new ObjectMapper());

    @Test
    void a_deployment_asks_for_a_flag_that_nobody_gets_and_changes_nothing() {
        is(OFF);
        assertThat(deployer.deploy(order(0)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production gives the new behaviour to nobody."));

        is(at(0));
        assertThat(deployer.deploy(order(0))).isInstanceOf(Answer.Done.class);

        is(at(5_000));
        assertThat(deployer.deploy(order(0)))
                .isEqualTo(
                        new Answer.Failed("the flag new-checkout in production already gives the new behaviour to 5 %."
                                + " Switch it off, or name a flag of this release's own"));
        SERVER.verify(getRequestedFor(urlPathEqualTo(FLAG))
                .withQueryParam("env", equalTo("production"))
                .withHeader("Authorization", equalTo(TOKEN)));
        SERVER.verify(0, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    @Test
    void a_shift_sets_the_percentage_and_switches_on_by_one_patch() {
        becomes(OFF, at(37_500));

        assertThat(deployer.shift(order(37.5)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production went from 0 % to 37.5 %."));

        SERVER.verify(patchRequestedFor(urlEqualTo(FLAG))
                .withHeader("Content-Type", equalTo("application/json; domain-model=launchdarkly.semanticpatch"))
                .withHeader("Authorization", equalTo(TOKEN))
                .withRequestBody(equalToJson("""
                        {"environmentKey": "production", "comment": "Slipway: checkout 1.5.0, REL-42:shift:1",
                         "instructions": [
                           {"kind": "updateFallthroughVariationOrRollout",
                            "rolloutWeights": {"%s": 37500, "%s": 62500}},
                           {"kind": "turnFlagOn"}]}""".formatted(NEW, OLD))));
    }

    @Test
    void by_whom_contexts_are_told_apart_stays_as_it_is() {
        becomes(at(5_000), at(100_000));

        assertThat(deployer.shift(order(100)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production went from 5 % to 100 %."));

        SERVER.verify(patchRequestedFor(urlEqualTo(FLAG)).withRequestBody(equalToJson("""
                {"environmentKey": "production", "comment": "Slipway: checkout 1.5.0, REL-42:shift:1",
                 "instructions": [
                   {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {"%s": 100000, "%s": 0},
                    "rolloutContextKind": "organization", "rolloutBucketBy": "country"}]}""".formatted(NEW, OLD))));
    }

    @Test
    void the_way_back_is_the_kill_switch_and_is_proved() {
        becomes(at(25_000), OFF);

        assertThat(deployer.rollBack(order(0)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production is off."));
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
        assertThat(deployer.rollBack(order(0)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production is off already."));

        SERVER.verify(1, patchRequestedFor(urlEqualTo(FLAG)).withRequestBody(equalToJson("""
                {"environmentKey": "production", "comment": "Slipway: checkout 1.5.0, REL-42:shift:1",
                 "instructions": [{"kind": "turnFlagOff"}]}""")));
    }

    @Test
    void the_same_order_again_changes_nothing_and_says_that_it_is_done() {
        is(at(25_000));

        assertThat(deployer.shift(order(25))).isInstanceOf(Answer.Done.class);
        assertThat(deployer.shift(order(25))).isInstanceOf(Answer.Done.class);
        SERVER.verify(0, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    /** The change was made, its answer was cut off or reset, or Slipway was killed before it was stored. */
    @ParameterizedTest
    @EnumSource(Fault.class)
    void after_a_lost_answer_the_same_order_changes_nothing_a_second_time(Fault fault) {
        becomes(at(5_000), at(25_000), aResponse().withFault(fault));
        assertThatThrownBy(() -> deployer.shift(order(25))).isInstanceOf(UncheckedIOException.class);

        assertThat(new FeatureFlagDeployer(new ObjectMapper()).shift(order(25)))
                .isEqualTo(new Answer.Done("The flag new-checkout in production is at 25 % already."));
        SERVER.verify(1, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    @Test
    void what_somebody_else_changes_meanwhile_is_seen_and_told() {
        becomes(at(5_000), at(60_000));
        assertThat(deployer.shift(order(25)))
                .isEqualTo(
                        new Answer.Failed(
                                "somebody else changed the flag new-checkout in production: 25 % was ordered, and it is at 60 %"));
    }

    @Test
    void a_way_back_that_does_not_show_has_failed() {
        becomes(at(25_000), at(25_000));

        assertThat(deployer.rollBack(order(0)))
                .isEqualTo(
                        new Answer.Failed(
                                "somebody else changed the flag new-checkout in production: off was ordered, and it is at 25 %"));
    }

    @ParameterizedTest
    @CsvSource({"0.001, true", "33.333, true", "0.0005, false", "12.3456, false"})
    void weights_are_thousandths_of_a_percent(double weight, boolean isFine) {
        becomes(OFF, at((int) Math.round(weight * 1_000)));

        assertThat(deployer.shift(order(weight)) instanceof Answer.Done).isEqualTo(isFine);
        SERVER.verify(isFine ? 1 : 0, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    @Test
    void the_state_is_read_from_the_flag() {
        is(at(250));
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0.25));
        is("\"on\": true, \"fallthrough\": {\"variation\": 0}");
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(100));
        is("\"on\": true, \"fallthrough\": {\"variation\": 1}");
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
        is(OFF);
        assertThat(deployer.state(order(0))).isEqualTo(new State.Serving(0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"on\": true, \"fallthrough\": {}",
                "\"on\": true, \"fallthrough\": {\"rollout\": {\"kind\": \"experiment\", \"variations\": []}}",
                "\"on\": false, \"offVariation\": 0, \"fallthrough\": {\"variation\": 1}"
            })
    void what_is_no_plain_percentage_is_refused_before_anything_is_changed(String environment) {
        is(environment);

        assertThat(deployer.deploy(order(0))).isInstanceOf(Answer.Failed.class);
        assertThat(deployer.shift(order(25))).isInstanceOf(Answer.Failed.class);
        assertThat(deployer.state(order(0))).isInstanceOf(State.Unknown.class);
        SERVER.verify(0, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    @Test
    void a_flag_that_shows_the_new_behaviour_when_it_is_off_is_not_switched_off() {
        is("\"on\": true, \"offVariation\": 0, \"fallthrough\": {\"variation\": 1}");

        assertThat(deployer.rollBack(order(0)))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).contains("to everybody when it is off"));
        SERVER.verify(0, patchRequestedFor(urlPathEqualTo(FLAG)));
    }

    @Test
    void the_new_behaviour_is_the_variation_of_that_value() {
        is(at(25_000));

        var other = new HashMap<String, String>(Map.of("variation", "false"));
        assertThat(deployer.state(order(0, other))).isInstanceOf(State.Unknown.class);
        other.put("variation", "blue");
        assertThat(deployer.deploy(order(0, other)))
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.message()).contains("one of them with the value blue"));
    }

    @Test
    void a_flag_or_an_environment_that_is_not_there_is_told() {
        SERVER.stubFor(get(urlPathEqualTo(FLAG))
                .willReturn(aResponse()
                        .withStatus(404)
                        .withBody("{\"code\": \"not_found\", \"message\": \"Unknown flag key new-checkout\"}")));
        assertThat(deployer.deploy(order(0)))
                .isEqualTo(new Answer.Failed("LaunchDarkly answered 404: Unknown flag key new-checkout."));
        assertThat(deployer.state(order(0))).isInstanceOf(State.Unknown.class);

        is(OFF);
        assertThat(deployer.deploy(order(0, Map.of("environment", "prod"))))
                .isEqualTo(new Answer.Failed(
                        "LaunchDarkly has no environment prod in project shop. Correct environment."));
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 405})
    void a_refusal_is_told_without_the_token(int status) {
        is(OFF);
        SERVER.stubFor(patch(urlEqualTo(FLAG))
                .willReturn(aResponse()
                        .withStatus(status)
                        .withBody("{\"message\": \"approval is required, " + TOKEN + "\"}")));

        assertThat(deployer.shift(order(25)))
                .isEqualTo(new Answer.Failed("LaunchDarkly answered " + status + ": approval is required, …."));
    }

    @ParameterizedTest
    @ValueSource(ints = {409, 429, 500, 503})
    void a_conflict_a_limit_and_a_server_in_trouble_are_technical_failures(int status) {
        is(OFF);
        SERVER.stubFor(patch(urlEqualTo(FLAG)).willReturn(aResponse().withStatus(status)));

        assertThatThrownBy(() -> deployer.shift(order(25))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void silence_is_a_technical_failure() {
        SERVER.stubFor(get(urlPathEqualTo(FLAG)).willReturn(okJson("{}").withFixedDelay(3_000)));

        assertThatThrownBy(() -> deployer.shift(order(25, Map.of("timeout", "PT1S"))))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("LaunchDarkly did not answer within 1000 ms.");
    }

    @Test
    void a_flag_can_be_the_releases_own() {
        SERVER.stubFor(get(urlPathEqualTo("/api/v2/flags/shop/checkout-1.5.0")).willReturn(flag(OFF)));

        assertThat(deployer.deploy(order(0, Map.of("flag", "checkout-{version}"))))
                .isInstanceOf(Answer.Done.class);
    }

    @Test
    void one_environment_of_one_server_is_one_place_whatever_the_flag() {
        var production = settings(Map.of());
        assertThat(deployer.isSamePlace(production, settings(Map.of("flag", "other", "project", "other"))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, settings(Map.of("environment", "Production"))))
                .isTrue();
        assertThat(deployer.isSamePlace(production, settings(Map.of("environment", "staging"))))
                .isFalse();
        assertThat(deployer.isSamePlace(production, settings(Map.of("url", "https://flags.example"))))
                .isFalse();
    }

    @Test
    void settings_are_checked_by_name() {
        assertThat(deployer.problems(settings(Map.of("contextKind", "user", "variation", "true"))))
                .isEmpty();
        assertThat(deployer.problems(settings(Map.of("stickiness", "userId"))))
                .singleElement()
                .asString()
                .startsWith("stickiness is unknown here");
        assertThat(deployer.problems(Settings.NONE))
                .extracting(problem -> problem.split(" ")[0])
                .containsExactlyInAnyOrder("token", "provider", "flag");
        assertThat(deployer.problems(new Settings(Map.of("provider", "unleash", "token", "t", "flag", "a b"))))
                .extracting(problem -> problem.split("[: ]")[0])
                .containsExactlyInAnyOrder("url", "flag");
        assertThat(deployer.problems(new Settings(Map.of("provider", "ld", "token", "t", "flag", "f"))))
                .containsExactly("provider: ld is not a provider: unleash or launchdarkly");
    }

    private static void is(String environment) {
        SERVER.stubFor(get(urlPathEqualTo(FLAG)).willReturn(flag(environment)));
    }

    private static void becomes(String before, String after) {
        becomes(before, after, okJson("{}"));
    }

    private static void becomes(String before, String after, ResponseDefinitionBuilder answer) {
        SERVER.stubFor(get(urlPathEqualTo(FLAG))
                .inScenario("change")
                .whenScenarioStateIs(STARTED)
                .willReturn(flag(before)));
        SERVER.stubFor(
                patch(urlEqualTo(FLAG)).inScenario("change").willReturn(answer).willSetStateTo("changed"));
        SERVER.stubFor(get(urlPathEqualTo(FLAG))
                .inScenario("change")
                .whenScenarioStateIs("changed")
                .willReturn(flag(after)));
    }

    /** @param weight of the new behaviour, in thousandths of a percent */
    private static String at(int weight) {
        return """
                "on": true, "fallthrough": {"rollout": {"contextKind": "organization", "bucketBy": "country",
                  "variations": [{"variation": 0, "weight": %d}, {"variation": 1, "weight": %d}]}}""".formatted(weight, 100_000 - weight);
    }

    private static ResponseDefinitionBuilder flag(String environment) {
        var off = environment.contains("offVariation") ? "" : "\"offVariation\": 1, ";
        return okJson("""
                {"name": "Alternate product page", "kind": "boolean", "key": "new-checkout", "_version": 2,
                 "variations": [{"value": true, "name": "true", "_id": "%s"},
                                {"value": false, "name": "false", "_id": "%s"}],
                 "defaults": {"onVariation": 0, "offVariation": 1}, "archived": false,
                 "environments": {"production": {%s%s, "archived": false, "salt": "61eddeadbeef", "version": 7,
                   "targets": [], "rules": [], "prerequisites": [], "_environmentName": "Production"}}}""".formatted(NEW, OLD, off, environment));
    }

    private static Order order(double weight) {
        return order(weight, Map.of());
    }

    private static Order order(double weight, Map<String, String> others) {
        return new Order(
                "REL-42:shift:1", "REL-42", "checkout", "1.5.0", "1.4.0", weight, settings(others), null, null);
    }

    private static Settings settings(Map<String, String> others) {
        var values = new HashMap<String, Object>(Map.of(
                "provider", "launchdarkly",
                "url", SERVER.baseUrl(),
                "project", "shop",
                "flag", "new-checkout",
                "token", TOKEN));
        values.putAll(others);
        return new Settings(values);
    }
}
