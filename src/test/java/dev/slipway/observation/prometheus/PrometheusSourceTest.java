package dev.slipway.observation.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.Reading;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrometheusSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.600Z");

    private final PrometheusSource source = new PrometheusSource(new ObjectMapper());

    @Test
    void one_series_is_a_value_asked_for_at_the_time() {
        answers(vector("{\"metric\":{},\"value\":[1767323045.6,\"0.031\"]}"));

        var reading = read("sum(rate(x{version=\"1.5.0\"}[1m]))", Map.of("bearerToken", "secret"));

        assertThat(reading).isEqualTo(new Reading.Value(0.031, AT));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", equalTo("sum(rate(x{version=\"1.5.0\"}[1m]))"))
                .withQueryParam("time", equalTo("1767323045.600"))
                .withHeader("Authorization", equalTo("Bearer secret")));
    }

    @Test
    void user_and_password_are_sent_where_they_are_set() {
        answers("{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"2\"]}}");

        assertThat(read("2", Map.of("username", "u", "password", "p"))).isInstanceOf(Reading.Value.class);
        SERVER.verify(
                getRequestedFor(urlPathEqualTo("/api/v1/query")).withHeader("Authorization", equalTo("Basic dTpw")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "+Inf", "-Inf"})
    void a_value_that_is_no_number_is_no_data(String value) {
        answers(vector("{\"metric\":{},\"value\":[1,\"" + value + "\"]}"));

        assertThat(read("x", Map.of())).isInstanceOf(Reading.NoData.class);
    }

    @Test
    void no_series_is_no_data() {
        answers(vector(""));

        assertThat(read("x", Map.of())).isInstanceOf(Reading.NoData.class);
    }

    @Test
    void several_series_are_a_mistake_in_the_query() {
        answers(vector("{\"value\":[1,\"1\"]},{\"value\":[1,\"2\"]}"));

        assertThat(why(read("x", Map.of()))).contains("2 series").contains("aggregate");
    }

    @Test
    void an_error_is_told_in_the_servers_own_words() {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .willReturn(aResponse()
                        .withStatus(400)
                        .withBody("{\"status\":\"error\",\"error\":\"parse error at char 5\"}")));

        assertThat(why(read("x", Map.of()))).contains("400").contains("parse error at char 5");
    }

    @Test
    void an_answer_that_is_no_json_is_broken() {
        answers("<html>");

        assertThat(why(read("x", Map.of()))).contains("not JSON");
    }

    @Test
    void an_answer_that_comes_too_late_is_broken() {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .willReturn(okJson(vector("")).withFixedDelay(2_000)));

        assertThat(why(read("x", Map.of("timeout", "PT0.2S")))).contains("did not answer");
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(Settings.NONE)).singleElement().asString().startsWith("url is missing");
        assertThat(source.problems(new Settings(Map.of("url", "prometheus", "timeout", "soon", "username", "u"))))
                .hasSize(3);
        assertThat(source.problems(new Settings(Map.of("url", "http://prometheus:9090"))))
                .isEmpty();
    }

    private static void answers(String body) {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query")).willReturn(okJson(body)));
    }

    private static String vector(String series) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + series + "]}}";
    }

    private static String why(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).why();
    }

    private Reading read(String query, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("url", SERVER.baseUrl() + "/");
        return source.read(new MetricQuery(query, new Settings(all)), AT);
    }
}
