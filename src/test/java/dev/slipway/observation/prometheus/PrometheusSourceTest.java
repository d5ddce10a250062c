package dev.slipway.observation.prometheus;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.MetricSource.At;
import dev.slipway.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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

    private final PrometheusSource source = new PrometheusSource();

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
    void several_times_are_asked_for_at_once() {
        answersRange(
                "{\"metric\":{},\"values\":[[1767323045.6,\"0.5\"],[1767323105.6,\"NaN\"],[1767323165.6,\"+Inf\"]]}");

        var readings = range();

        assertThat(readings)
                .extracting(At::at)
                .containsExactly(AT, AT.plusSeconds(30), AT.plusSeconds(60), AT.plusSeconds(90), AT.plusSeconds(120));
        assertThat(readings.get(0).reading()).isEqualTo(new Reading.Value(0.5, AT));
        assertThat(readings.get(1).reading()).isEqualTo(new Reading.NoData("the query gives nothing at this time"));
        assertThat(readings.get(2).reading()).isEqualTo(new Reading.NoData("the query gives NaN"));
        assertThat(readings.get(4).reading()).isEqualTo(new Reading.NoData("the query gives +Inf"));
        SERVER.verify(
                1,
                getRequestedFor(urlPathEqualTo("/api/v1/query_range"))
                        .withQueryParam("query", equalTo("up"))
                        .withQueryParam("start", equalTo("1767323045.600"))
                        .withQueryParam("end", equalTo("1767323175.600"))
                        .withQueryParam("step", equalTo("30.000")));
    }

    @Test
    void no_series_in_a_range_is_no_data_at_each_time_and_several_are_a_mistake() {
        answersRange("");
        assertThat(range()).hasSize(5).allSatisfy(at -> assertThat(at.reading()).isInstanceOf(Reading.NoData.class));

        answersRange("{\"values\":[]},{\"values\":[]}");
        assertThat(range())
                .hasSize(5)
                .allSatisfy(at -> assertThat(why(at.reading())).contains("2 series"));
    }

    @Test
    void a_tenant_stands_in_a_header_and_a_key_in_no_message() {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .willReturn(aResponse().withStatus(401).withBody("{\"error\":\"no user sesame-street\"}")));

        var reading = read("up", Map.of("headers", Map.of("X-Scope-OrgID", "team-a"), "bearerToken", "sesame-street"));

        assertThat(why(reading)).isEqualTo("Prometheus answered 401: no user ….");
        SERVER.verify(getRequestedFor(urlPathEqualTo("/api/v1/query")).withHeader("X-Scope-OrgID", equalTo("team-a")));
    }

    @Test
    void verification_is_never_switched_off() {
        assertThat(source.problems(new Settings(Map.of("url", "https://prometheus", "insecureSkipVerify", true))))
                .singleElement()
                .asString()
                .startsWith("insecureSkipVerify: certificates are always verified")
                .contains("caCertificate");
        assertThat(source.problems(new Settings(Map.of("url", "https://prometheus", "caCertificate", "missing.pem"))))
                .containsExactly("caCertificate: missing.pem can't be read here");
    }

    @Test
    void what_can_t_be_meant_is_refused() {
        assertThat(source.problems(new Settings(Map.of("url", "http://u:hidden@prometheus", "tineout", "PT1S"))))
                .containsExactly(
                        "url must not hold user and password; they have settings of their own",
                        "tineout is unknown here; known are url, caCertificate, headers, timeout, bearerToken,"
                                + " username, password");
        assertThat(source.problems(
                        new Settings(Map.of("url", "http://p", "timeout", "PT0S", "headers", Map.of("a b", "c")))))
                .containsExactly("headers: a b is not the name of a header", "timeout must be above zero");
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

    private static void answersRange(String series) {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query_range"))
                .willReturn(okJson(
                        "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[" + series + "]}}")));
    }

    private List<At> range() {
        var query = new MetricQuery("up", new Settings(Map.of("url", SERVER.baseUrl())));
        return source.range(query, AT, AT.plusSeconds(130), Duration.ofSeconds(30));
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
