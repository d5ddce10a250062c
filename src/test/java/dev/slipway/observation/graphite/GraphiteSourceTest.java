package dev.slipway.observation.graphite;

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

class GraphiteSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:00Z");

    private final GraphiteSource source = new GraphiteSource();

    @Test
    void the_last_point_that_is_not_null_counts() {
        answers("[{\"target\": \"errors\", \"tags\": {}, \"datapoints\":"
                + " [[1.0, 1767322920], [2.5, 1767322980], [null, 1767323040]]}]");

        assertThat(source.read(query("PT5M"), AT)).isEqualTo(new Reading.Value(2.5, AT.minusSeconds(60)));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/render"))
                .withQueryParam("target", equalTo("sumSeries(shop.*.errors)"))
                .withQueryParam("from", equalTo("1767322739"))
                .withQueryParam("until", equalTo("1767323040"))
                .withQueryParam("format", equalTo("json")));
    }

    @Test
    void several_times_are_asked_for_at_once() {
        answers("[{\"target\": \"errors\", \"datapoints\": [[1.0, 1767322920], [NaN, 1767322980], [3, 1767323040]]}]");

        var readings = source.range(query("PT1M"), AT.minusSeconds(60), AT, Duration.ofSeconds(30));

        assertThat(readings.get(0).reading()).isEqualTo(new Reading.Value(1, AT.minusSeconds(120)));
        assertThat(readings.get(1).reading()).isInstanceOf(Reading.NoData.class);
        assertThat(readings.get(2).reading()).isEqualTo(new Reading.Value(3, AT));
        SERVER.verify(1, getRequestedFor(urlPathEqualTo("/render")));
    }

    @Test
    void nothing_but_null_and_no_series_are_no_data() {
        answers("[{\"target\": \"errors\", \"datapoints\": [[null, 1767322980]]}]");
        assertThat(source.read(query("PT5M"), AT))
                .isEqualTo(new Reading.NoData("the series has no points in this time"));

        answers("[]");
        assertThat(source.read(query("PT5M"), AT)).isEqualTo(new Reading.NoData("no series matches the query"));
    }

    @Test
    void several_series_and_errors_are_told() {
        answers("[{\"datapoints\": []}, {\"datapoints\": []}]");
        assertThat(why()).contains("2 series").contains("sumSeries");

        answers("{}");
        assertThat(why()).contains("not a list of series");

        SERVER.stubFor(get(urlPathEqualTo("/render"))
                .willReturn(aResponse().withStatus(400).withBody("Invalid target (shop..)")));
        assertThat(why()).isEqualTo("Graphite answered 400: Invalid target (shop..).");
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(new Settings(Map.of("lookback", "PT0S"))))
                .containsExactly(
                        "url is missing: the address of the Graphite server, such as http://graphite:8080",
                        "lookback must be above zero");
    }

    private static void answers(String body) {
        SERVER.stubFor(get(urlPathEqualTo("/render")).willReturn(okJson(body)));
    }

    private String why() {
        var reading = source.read(query("PT5M"), AT);
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).why();
    }

    private static MetricQuery query(String lookback) {
        return new MetricQuery(
                "sumSeries(shop.*.errors)", new Settings(Map.of("url", SERVER.baseUrl(), "lookback", lookback)));
    }
}
