package dev.slipway.observation.influxdb;

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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfluxDbSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:00Z");
    private static final String BY_MINUTE =
            "SELECT sum(\"errors\") FROM \"shop\" WHERE \"version\" = '1.5.0' AND $timeFilter GROUP BY time(1m)";
    private static final String LAST = "SELECT last(\"age\") FROM \"shop\" WHERE $timeFilter";

    private final InfluxDbSource source = new InfluxDbSource();

    @Test
    void the_last_span_that_has_ended_and_has_a_value_counts() {
        answers("[1767322860000, 7], [1767322920000, 0.5], [1767322980000, null], [1767323040000, 99]");

        assertThat(read(BY_MINUTE, Map.of("token", "token-1"))).isEqualTo(new Reading.Value(0.5, AT.minusSeconds(60)));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/query"))
                .withQueryParam("db", equalTo("shop"))
                .withQueryParam("epoch", equalTo("ms"))
                .withQueryParam(
                        "q",
                        equalTo("SELECT sum(\"errors\") FROM \"shop\" WHERE \"version\" = '1.5.0' AND"
                                + " time >= 1767322740000ms AND time <= 1767323040000ms GROUP BY time(1m)"))
                .withHeader("Authorization", equalTo("Token token-1")));
    }

    @Test
    void a_single_row_counts_from_its_own_time() {
        answers("[1767323030000, 12]");

        assertThat(read(LAST, Map.of("username", "u", "password", "p", "retentionPolicy", "short")))
                .isEqualTo(new Reading.Value(12, AT.minusSeconds(10)));
        SERVER.verify(getRequestedFor(urlPathEqualTo("/query"))
                .withQueryParam("rp", equalTo("short"))
                .withHeader("Authorization", equalTo("Basic dTpw")));
    }

    @Test
    void several_times_are_asked_for_at_once_where_rows_are_grouped_by_time() {
        answers("[1767322860000, 1], [1767322920000, 2], [1767322980000, 3]");

        var readings = source.range(query(BY_MINUTE, Map.of()), AT.minusSeconds(60), AT, Duration.ofSeconds(60));

        assertThat(readings)
                .extracting(at -> ((Reading.Value) at.reading()).value())
                .containsExactly(2.0, 3.0);
        SERVER.verify(1, getRequestedFor(urlPathEqualTo("/query")));
    }

    @Test
    void each_time_is_asked_for_where_an_answer_is_one_row() {
        answers("[1767322950000, 1]");

        assertThat(source.range(query(LAST, Map.of()), AT.minusSeconds(60), AT, Duration.ofSeconds(60)))
                .hasSize(2);
        SERVER.verify(2, getRequestedFor(urlPathEqualTo("/query")));
    }

    @Test
    void no_series_is_no_data() {
        SERVER.stubFor(get(urlPathEqualTo("/query")).willReturn(okJson("{\"results\":[{\"statement_id\":0}]}")));

        assertThat(read(LAST, Map.of())).isEqualTo(new Reading.NoData("no series matches the query"));
    }

    @Test
    void several_series_or_columns_are_a_mistake_in_the_query() {
        SERVER.stubFor(get(urlPathEqualTo("/query"))
                .willReturn(okJson("{\"results\":[{\"series\":[{\"name\":\"a\"},{\"name\":\"b\"}]}]}")));
        assertThat(why(read(LAST, Map.of()))).contains("2 series").contains("group by time only");

        SERVER.stubFor(get(urlPathEqualTo("/query"))
                .willReturn(okJson("{\"results\":[{\"series\":[{\"columns\":[\"time\",\"a\",\"b\"]}]}]}")));
        assertThat(why(read(LAST, Map.of()))).contains("2 columns beside the time");
    }

    @Test
    void errors_are_told_without_the_token() {
        SERVER.stubFor(get(urlPathEqualTo("/query"))
                .willReturn(okJson("{\"results\":[{\"statement_id\":0,\"error\":\"database not found: shop\"}]}")));
        assertThat(why(read(LAST, Map.of()))).isEqualTo("InfluxDB answered database not found: shop.");

        SERVER.stubFor(get(urlPathEqualTo("/query"))
                .willReturn(aResponse()
                        .withStatus(401)
                        .withBody("{\"code\":\"unauthorized\",\"message\":\"unauthorized token-1\"}")));
        assertThat(why(read(LAST, Map.of("token", "token-1")))).isEqualTo("InfluxDB answered 401: unauthorized ….");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP DATABASE shop WHERE $timeFilter",
                "SELECT last(a) FROM b WHERE $timeFilter; DROP DATABASE shop",
                "SELECT last(a) FROM b"
            })
    void only_one_select_over_a_time_is_asked(String text) {
        assertThat(why(read(text, Map.of()))).startsWith("InfluxDB is not asked");
        SERVER.verify(0, getRequestedFor(urlPathEqualTo("/query")));
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(new Settings(Map.of("url", "influx:8086", "username", "u"))))
                .containsExactly(
                        "database is missing: the database; in version 2 the bucket that is mapped to it",
                        "url: influx:8086 is not an http or https address",
                        "username and password go together");
    }

    /** As InfluxDB 1.8 describes it. */
    private static void answers(String rows) {
        SERVER.stubFor(get(urlPathEqualTo("/query")).willReturn(okJson("""
                {"results": [{"statement_id": 0, "series": [
                  {"name": "shop", "columns": ["time", "value"], "values": [%s]}]}]}""".formatted(rows))));
    }

    private static String why(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).why();
    }

    private Reading read(String text, Map<String, Object> settings) {
        return source.read(query(text, settings), AT);
    }

    private static MetricQuery query(String text, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("url", SERVER.baseUrl());
        all.put("database", "shop");
        return new MetricQuery(text, new Settings(all));
    }
}
