package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.core.configuration.SpringDocSecurityConfiguration;
import org.springdoc.core.properties.SpringDocConfigProperties;
import org.springdoc.webmvc.core.configuration.MultipleOpenApiSupportConfiguration;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.annotation.Import;

@Import(ApiDescription.class)
@ImportAutoConfiguration({
    SpringDocConfiguration.class,
    SpringDocConfigProperties.class,
    SpringDocSecurityConfiguration.class,
    SpringDocWebMvcConfiguration.class,
    MultipleOpenApiSupportConfiguration.class
})
class ApiDescriptionTest extends ApiSlice {

    @Test
    void every_call_is_described_with_examples_and_problems() throws Exception {
        var api = description();
        var calls = calls(api);

        assertThat(calls).hasSize(30);
        assertThat(calls).allSatisfy((name, call) -> {
            assertThat(call.path("summary").asText()).as(name).isNotBlank();
            assertThat(call.path("tags")).as(name).isNotEmpty();
            var good = new TreeSet<String>();
            call.path("responses").fieldNames().forEachRemaining(good::add);
            assertThat(good.first()).as(name).startsWith("2");
            if (!name.contains("hooks")) {
                assertThat(call.path("responses").path(good.first()).toString())
                        .as(name)
                        .contains("\"example");
            }
            assertThat(call.path("responses").path("400").path("content").toString())
                    .as(name)
                    .contains("application/problem+json")
                    .contains("#/components/schemas/Problem");
            if (call.has("requestBody")) {
                assertThat(call.path("requestBody").toString()).as(name).contains("\"example");
            }
            call.path("parameters")
                    .forEach(parameter -> assertThat(parameter.path("name").asText())
                            .as(name)
                            .isIn(
                                    "id",
                                    "wait",
                                    "from",
                                    "count",
                                    "service",
                                    "phase",
                                    "outcome",
                                    "page",
                                    "size",
                                    "token",
                                    "name",
                                    "commit",
                                    "metric",
                                    "state",
                                    "hook",
                                    "version",
                                    "Idempotency-Key"));
        });
    }

    @Test
    void all_calls_but_the_hook_need_a_login() throws Exception {
        var api = description();

        assertThat(api.path("components")
                        .path("securitySchemes")
                        .path("basic")
                        .path("scheme")
                        .asText())
                .isEqualTo("basic");
        assertThat(api.path("security").toString()).contains("basic");
        assertThat(calls(api))
                .allSatisfy((name, call) -> assertThat(
                                call.has("security") && call.path("security").isEmpty())
                        .as(name)
                        .isEqualTo(name.contains("hooks")));
    }

    @Test
    void examples_of_bodies_can_be_sent() throws Exception {
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.FULL_RELEASE, NewRelease.class)
                        .request("erin", null))
                .isNotNull();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.SHORTEST_RELEASE, NewRelease.class)
                        .request("erin", null))
                .isNotNull();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.REASON, ReleasesApi.Reason.class)
                        .reason())
                .isNotBlank();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.NEW_EVIDENCE, FactsApi.NewEvidence.class)
                        .outcome())
                .isNotNull();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.NEW_SIGNAL, SignalsApi.NewSignal.class)
                        .kind())
                .isNotNull();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.NEW_NOTE, SignalsApi.NewNote.class)
                        .text())
                .isNotBlank();
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.NEW_FALSE_ALARM, AlarmsApi.NewFalseAlarm.class)
                        .name())
                .isEqualTo("error-rate");
        assertThat(StrictJson.MAPPER
                        .readValue(Examples.DEPLOYMENT, DeploymentHookApi.Report.class)
                        .state())
                .isNotNull();
    }

    private JsonNode description() throws Exception {
        var answer = mvc.perform(get("/v3/api-docs").with(as("sam")))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
        return new ObjectMapper().readTree(answer);
    }

    private static Map<String, JsonNode> calls(JsonNode api) {
        var calls = new java.util.TreeMap<String, JsonNode>();
        List<Map.Entry<String, JsonNode>> paths =
                new ArrayList<>(api.path("paths").properties());
        paths.forEach(path -> path.getValue()
                .properties()
                .forEach(call -> calls.put(call.getKey() + " " + path.getKey(), call.getValue())));
        return calls;
    }
}
