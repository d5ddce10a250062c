package dev.slipway.observation.datadog;

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
import dev.slipway.observation.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class DatadogSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:00Z");
    private static final String QUERY = "sum:trace.http.request.errors{service:checkout,version:1.5.0}.as_count()";

    private final DatadogSource source = new DatadogSource();

    @Test
    void the_last_interval_that_has_ended_counts() {
        answers(series(
                "[1767322980000.0, 3.0], [1767323000000.0, 4.0], [1767323020000.0, null], [1767323030000.0, 99.0]"));

        assertThat(source.read(query(), AT)).isEqualTo(new Reading.Value(4, AT.minusSeconds(20)));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/api/v1/query"))
                .withQueryParam("query", equalTo(QUERY))
                .withQueryParam("from", equalTo("1767322740"))
                .withQueryParam("to", equalTo("1767323040"))
                .withHeader("DD-API-KEY", equalTo("api-key-1"))
                .withHeader("DD-APPLICATION-KEY", equalTo("app-key-1")));
    }

    @Test
    void several_times_are_asked_for_at_once() {
        answers(series("[1767322920000.0, 1.0], [1767322980000.0, 2.0], [1767323020000.0, 3.0]"));

        var readings = source.range(query(), AT.minusSeconds(60), AT, Duration.ofSeconds(30));

        assertThat(readings)
                .extracting(at -> ((Reading.Value) at.reading()).value())
                .containsExactly(1.0, 2.0, 3.0);
        SERVER.verify(1, getRequestedFor(urlPathEqualTo("/api/v1/query")));
    }

    @Test
    void no_series_and_old_points_are_no_data() {
        answers("{\"status\":\"ok\",\"res_type\":\"time_series\",\"series\":[]}");
        assertThat(source.read(query(), AT)).isEqualTo(new Reading.NoData("no series matches the query"));

        answers(series("[1767322000000.0, 3.0]"));
        assertThat(source.read(query(), AT)).isInstanceOf(Reading.NoData.class);
    }

    @Test
    void several_series_are_a_mistake_in_the_query() {
        answers("{\"status\":\"ok\",\"series\":[{\"pointlist\":[]},{\"pointlist\":[]}]}");

        assertThat(why()).isEqualTo("The query gives 2 series, not one; leave out its \"by {…}\".");
    }

    @Test
    void an_error_is_told_without_the_keys() {
        answers("{\"status\":\"error\",\"error\":\"Error parsing query: unexpected end\"}");
        assertThat(why()).isEqualTo("Datadog answered Error parsing query: unexpected end.");

        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query"))
                .willReturn(aResponse().withStatus(403).withBody("{\"errors\":[\"Forbidden: app-key-1\"]}")));
        assertThat(why()).isEqualTo("Datadog answered 403: Forbidden: ….");
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(new Settings(Map.of("apiKey", "a", "lookback", "P2D"))))
                .containsExactly(
                        "applicationKey is missing: name a placeholder such as ${datadog.appkey}, and set it",
                        "lookback must be at most PT24H");
        assertThat(source.problems(
                        new Settings(Map.of("apiKey", "a", "applicationKey", "b", "url", "https://api.datadoghq.eu"))))
                .isEmpty();
    }

    /** As in Datadog's description of the call. */
    private static String series(String points) {
        return """
                {"status": "ok", "res_type": "time_series", "from_date": 1767322740000, "to_date": 1767323040000,
                 "series": [{"metric": "trace.http.request.errors", "display_name": "trace.http.request.errors",
                   "interval": 20, "length": 2, "scope": "service:checkout", "aggr": "sum", "unit": null,
                   "expression": "sum:trace.http.request.errors{service:checkout}", "tag_set": [],
                   "pointlist": [%s]}],
                 "values": [], "times": [], "message": "", "query": "", "group_by": []}""".formatted(points);
    }

    private static void answers(String body) {
        SERVER.stubFor(get(urlPathEqualTo("/api/v1/query")).willReturn(okJson(body)));
    }

    private String why() {
        var reading = source.read(query(), AT);
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).why();
    }

    private static MetricQuery query() {
        return new MetricQuery(
                QUERY,
                new Settings(Map.of("url", SERVER.baseUrl(), "apiKey", "api-key-1", "applicationKey", "app-key-1")));
    }
}
