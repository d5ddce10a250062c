package dev.slipway.observation.cloudwatch;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.slipway.catalog.Settings;
import dev.slipway.observation.MetricQuery;
import dev.slipway.observation.Reading;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudWatch answers in CBOR, which is JSON in other bytes, with times tagged as such. */
class CloudWatchSourceTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final Instant AT = Instant.parse("2026-01-02T03:04:10Z");
    private static final Instant MINUTE = Instant.parse("2026-01-02T03:04:00Z");
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());
    private static final String ONE_METRIC = """
            [{"Id": "errors", "MetricStat": {"Stat": "Sum", "Metric": {"Namespace": "AWS/ApplicationELB",
              "MetricName": "HTTPCode_Target_5XX_Count",
              "Dimensions": [{"Name": "TargetGroup", "Value": "targetgroup/checkout-1.5.0/1"}]}}}]""";

    private final CloudWatchSource source = new CloudWatchSource();

    @AfterEach
    void close() {
        source.destroy();
    }

    @Test
    void the_last_period_that_has_ended_counts() throws IOException {
        answers(result(Map.of(MINUTE.minusSeconds(120), 3.0, MINUTE.minusSeconds(60), 4.0, MINUTE, 99.0)));

        assertThat(read(ONE_METRIC)).isEqualTo(new Reading.Value(4, MINUTE));
        var asked = asked();
        assertThat(asked.path("StartTime").asLong())
                .isEqualTo(Instant.parse("2026-01-02T02:58:00Z").getEpochSecond());
        assertThat(asked.path("EndTime").asLong()).isEqualTo(AT.getEpochSecond());
        var stat = asked.path("MetricDataQueries").path(0).path("MetricStat");
        assertThat(stat.path("Period").asInt()).isEqualTo(60);
        assertThat(stat.path("Stat").asText()).isEqualTo("Sum");
        assertThat(stat.path("Metric").path("MetricName").asText()).isEqualTo("HTTPCode_Target_5XX_Count");
        assertThat(stat.path("Metric").path("Dimensions").path(0).path("Value").asText())
                .isEqualTo("targetgroup/checkout-1.5.0/1");
        assertThat(SERVER.getAllServeEvents().get(0).getRequest().getHeader("Authorization"))
                .contains("Credential=AKIDEXAMPLE/")
                .contains("/eu-central-1/monitoring/")
                .doesNotContain("secret-key-1");
    }

    @Test
    void an_expression_is_asked_as_it_stands() throws IOException {
        answers(result(Map.of(MINUTE.minusSeconds(300), 0.25)));

        var reading = source.read(query("SELECT AVG(Rate) FROM Shop", Map.of("period", "PT5M")), AT);

        assertThat(reading).isEqualTo(new Reading.Value(0.25, MINUTE));
        var asked = asked().path("MetricDataQueries").path(0);
        assertThat(asked.path("Expression").asText()).isEqualTo("SELECT AVG(Rate) FROM Shop");
        assertThat(asked.path("Period").asInt()).isEqualTo(300);
    }

    @Test
    void metric_math_returns_one_of_its_series() throws IOException {
        answers(result(Map.of(MINUTE.minusSeconds(60), 0.01)));

        assertThat(read("""
                [{"Id": "e", "ReturnData": false, "MetricStat": {"Stat": "Sum", "Period": 60,
                    "Metric": {"Namespace": "Shop", "MetricName": "Errors"}}},
                 {"Id": "r", "ReturnData": false, "MetricStat": {"Stat": "Sum", "Period": 60,
                    "Metric": {"Namespace": "Shop", "MetricName": "Requests"}}},
                 {"Id": "share", "Expression": "e / r"}]""")).isEqualTo(new Reading.Value(0.01, MINUTE));
        assertThat(asked().path("MetricDataQueries")).hasSize(3);
    }

    @Test
    void several_times_are_asked_for_at_once() throws IOException {
        answers(result(Map.of(MINUTE.minusSeconds(120), 1.0, MINUTE.minusSeconds(60), 2.0)));

        var readings = source.range(query(ONE_METRIC, Map.of()), AT.minusSeconds(60), AT, Duration.ofSeconds(60));

        assertThat(readings)
                .extracting(at -> ((Reading.Value) at.reading()).value())
                .containsExactly(1.0, 2.0);
        assertThat(SERVER.getAllServeEvents()).hasSize(1);
    }

    @Test
    void nothing_is_no_data_and_several_series_are_a_mistake() throws IOException {
        answers(cbor(json -> json.writeArrayFieldStart("MetricDataResults")));
        assertThat(read(ONE_METRIC)).isEqualTo(new Reading.NoData("no series matches the query"));

        answers(result(Map.of()));
        assertThat(read(ONE_METRIC)).isEqualTo(new Reading.NoData("the series has no points in this time"));

        answers(cbor(json -> {
            json.writeArrayFieldStart("MetricDataResults");
            writeSeries(json, Map.of(MINUTE, 1.0));
            writeSeries(json, Map.of(MINUTE, 2.0));
        }));
        assertThat(why(ONE_METRIC)).contains("2 series");
    }

    @Test
    void an_error_is_told_without_the_key() throws IOException {
        answers(aResponse()
                .withStatus(400)
                .withHeader("smithy-protocol", "rpc-v2-cbor")
                .withHeader("Content-Type", "application/cbor")
                .withBody(CBOR.writeValueAsBytes(Map.of(
                        "__type",
                        "com.amazonaws.cloudwatch#InvalidParameterValueException",
                        "message",
                        "The value for AKIDEXAMPLE is invalid."))));

        assertThat(why(ONE_METRIC)).isEqualTo("CloudWatch answered 400: The value for … is invalid.");
    }

    @Test
    void an_answer_that_comes_too_late_is_broken() throws IOException {
        SERVER.stubFor(post(anyUrl()).willReturn(aResponse().withFixedDelay(3_000)));

        assertThat(source.read(query(ONE_METRIC, Map.of("timeout", "PT0.3S")), AT))
                .isEqualTo(new Reading.Broken("CloudWatch did not answer within 300 ms."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{|begins like a list in JSON",
                "[{\"Id\": \"a\"}]|either an Expression or a MetricStat",
                "[{\"Id\": \"a\", \"Expresion\": \"b\"}]|Expresion is unknown",
                "[{\"Id\": \"a\", \"Expression\": \"b\"}, {\"Id\": \"c\", \"Expression\": \"d\"}]|2 of its entries",
                "[{\"Id\": \"a\", \"MetricStat\": {\"Stat\": \"Sum\"}}]|Namespace and MetricName"
            })
    void a_query_that_is_not_understood_is_not_asked(String text, String why) {
        assertThat(why(text)).startsWith("CloudWatch is not asked").contains(why);
        assertThat(SERVER.getAllServeEvents()).isEmpty();
    }

    @Test
    void a_definition_with_wrong_settings_is_refused() {
        assertThat(source.problems(new Settings(Map.of("accessKeyId", "a", "period", "often"))))
                .containsExactly(
                        "region is missing: the region of the metrics, such as eu-central-1",
                        "accessKeyId and secretAccessKey go together",
                        "period: often is not an ISO 8601 duration such as PT30S");
        assertThat(source.problems(new Settings(Map.of("region", "eu-central-1"))))
                .isEmpty();
    }

    private interface Written {
        void to(CBORGenerator json) throws IOException;
    }

    private static ResponseDefinitionBuilder result(Map<Instant, Double> points) throws IOException {
        return cbor(json -> {
            json.writeArrayFieldStart("MetricDataResults");
            writeSeries(json, points);
        });
    }

    private static void writeSeries(CBORGenerator json, Map<Instant, Double> points) throws IOException {
        var sorted = new LinkedHashMap<Instant, Double>();
        points.keySet().stream().sorted().forEach(at -> sorted.put(at, points.get(at)));
        json.writeStartObject();
        json.writeStringField("Id", "errors");
        json.writeStringField("Label", "Errors");
        json.writeStringField("StatusCode", "Complete");
        json.writeArrayFieldStart("Timestamps");
        for (var at : sorted.keySet()) {
            json.writeTag(1);
            json.writeNumber(at.getEpochSecond());
        }
        json.writeEndArray();
        json.writeArrayFieldStart("Values");
        for (var value : sorted.values()) {
            json.writeNumber(value);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static ResponseDefinitionBuilder cbor(Written content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = new CBORFactory().createGenerator(bytes)) {
            json.writeStartObject();
            content.to(json);
            json.writeEndArray();
            json.writeEndObject();
        }
        return aResponse()
                .withHeader("smithy-protocol", "rpc-v2-cbor")
                .withHeader("Content-Type", "application/cbor")
                .withBody(bytes.toByteArray());
    }

    private static void answers(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(post(anyUrl()).willReturn(answer));
    }

    private static JsonNode asked() throws IOException {
        return CBOR.readTree(SERVER.getAllServeEvents().get(0).getRequest().getBody());
    }

    private Reading read(String text) {
        return source.read(query(text, Map.of()), AT);
    }

    private String why(String text) {
        var reading = read(text);
        assertThat(reading).isInstanceOf(Reading.Broken.class);
        return ((Reading.Broken) reading).why();
    }

    private static MetricQuery query(String text, Map<String, Object> settings) {
        var all = new HashMap<>(settings);
        all.put("region", "eu-central-1");
        all.put("endpoint", SERVER.baseUrl());
        all.put("accessKeyId", "AKIDEXAMPLE");
        all.put("secretAccessKey", "secret-key-1");
        return new MetricQuery(text, new Settings(all));
    }
}
