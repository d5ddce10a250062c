package dev.slipway.observation.json;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:00Z");

    private final JsonSource source = new JsonSource(Clock.fixed(NOW, ZoneOffset.UTC));

    @BeforeEach
    void answer() {
        SERVER.stubFor(get(urlEqualTo("/stats?all=1")).willReturn(okJson("""
                {"rate": 0.5, "depth": "42", "text": "1.5e3", "healthy": true, "stopped": false, "nothing": null,
                 "words": "many", "nan": NaN, "list": [1, 2], "huge": 1e999,
                 "versions": [{"name": "1.4.0", "errors": 1}, {"name": "1.5.0", "errors": 7}]}""")));
    }

    @ParameterizedTest
    @CsvSource({
        "$.rate, 0.5",
        "$.depth, 42",
        "$.text, 1500",
        "$.healthy, 1",
        "$.stopped, 0",
        "$.list[1], 2",
        "$.versions[?(@.name == '1.5.0')].errors, 7",
        "$.versions.length(), 2"
    })
    void a_number_a_text_of_digits_and_a_truth_are_values(String path, double value) {
        assertThat(read(path)).isEqualTo(new Reading.Value(value, NOW));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.missing",
                "$.missing.below",
                "$.nothing",
                "$.nan",
                "$.huge",
                "$.versions[?(@.name == 'x')].errors"
            })
    void nothing_there_is_no_data(String path) {
        assertThat(read(path)).isInstanceOf(Reading.NoData.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$.words|The query gives \"many\", which is not a number.",
                "$.list|The query gives a list, which is not a number.",
                "$.versions[*].errors|The query gives 2 values, not one; choose one, for example with [0].",
            })
    void what_is_no_single_number_is_a_mistake_in_the_query(String path, String why) {
        assertThat(read(path)).isEqualTo(new Reading.Broken(why));
    }

    @Test
    void a_path_that_is_none_is_told() {
        assertThat(read("$.versions[?("))
                .isInstanceOf(Reading.Broken.class)
                .extracting(Object::toString)
                .asString()
                .contains("not a JSONPath");
    }

    @Test
    void it_knows_only_the_present() {
        var readings = source.range(query("$.rate"), NOW.minusSeconds(120), NOW, Duration.ofSeconds(60));

        assertThat(readings.get(0).reading()).isEqualTo(new Reading.NoData("json knows only the present"));
        assertThat(readings.get(2).reading()).isEqualTo(new Reading.Value(0.5, NOW));
        SERVER.verify(2, getRequestedFor(urlEqualTo("/stats?all=1")));
    }

    @Test
    void a_server_in_trouble_is_broken() {
        SERVER.stubFor(get(urlEqualTo("/stats?all=1")).willReturn(serverError()));

        assertThat(read("$.rate")).isEqualTo(new Reading.Broken("The JSON endpoint answered 500: no reason given."));
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(Settings.NONE)).singleElement().asString().startsWith("url is missing");
    }

    private Reading read(String path) {
        return source.read(query(path), NOW);
    }

    private static MetricQuery query(String path) {
        return new MetricQuery(path, new Settings(Map.of("url", SERVER.baseUrl() + "/stats?all=1")));
    }
}
