package dev.slipway.api;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.release.Refusal;
import dev.slipway.window.FlaggerGates;
import dev.slipway.window.FlaggerGates.Hook;
import dev.slipway.window.Gate;
import dev.slipway.window.Gate.Decision;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

/** Flagger's webhooks with the payloads of its documentation. */
class FlaggerApiTest extends ApiSlice {

    private static final String PAYLOAD = """
            {"name": "checkout", "namespace": "shop", "phase": "Progressing", "checksum": "85d557f47b",
             "metadata": {"version": "1.5.0", "test": "all", "token": "16688eb5e9f289f1991c"}}""";

    @ParameterizedTest
    @CsvSource({
        "confirm-rollout, CONFIRM_ROLLOUT",
        "pre-rollout, PRE_ROLLOUT",
        "confirm-traffic-increase, CONFIRM_TRAFFIC_INCREASE",
        "confirm-promotion, CONFIRM_PROMOTION",
        "rollback, ROLLBACK",
        "post-rollout, POST_ROLLOUT"
    })
    void an_open_gate_answers_200(String name, Hook hook) throws Exception {
        given(flagger.answer(hook, call(null))).willReturn(new Gate(Decision.GO, List.of("Ordered.")));

        hook(name, PAYLOAD)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.reasons[0]").value("Ordered."));
    }

    @Test
    void an_event_brings_its_message() throws Exception {
        given(flagger.answer(any(), any())).willReturn(new Gate(Decision.GO, List.of("Heard.")));

        hook("event", """
                {"name": "checkout", "namespace": "shop", "phase": "Progressing", "checksum": "85d557f47b",
                 "metadata": {"eventMessage": "Advance checkout.shop canary weight 25", "eventType": "Normal",
                              "timestamp": "1578607635167", "version": "1.5.0"}}""").andExpect(status().isOk());

        then(flagger).should().answer(Hook.EVENT, call("Advance checkout.shop canary weight 25"));
    }

    /** Flagger takes 200 to 202 for open, repeats from 500 on, and waits at any other status. */
    @Test
    void a_closed_gate_answers_403_and_says_why() throws Exception {
        given(flagger.answer(any(), any()))
                .willReturn(new Gate(Decision.WAIT, List.of("checkout 1.5.0 is on hold.", "erin: short of people.")));

        hook("confirm-traffic-increase", PAYLOAD)
                .andExpect(status().isForbidden())
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.decision").value("WAIT"))
                .andExpect(jsonPath("$.detail").value("checkout 1.5.0 is on hold. erin: short of people."));
    }

    @Test
    void what_is_not_known_keeps_it_closed() throws Exception {
        given(flagger.answer(any(), any())).willThrow(new Refusal.NotFound("There is no service checkout."));
        hook("rollback", PAYLOAD).andExpect(status().isNotFound());
        hook("rollout", PAYLOAD)
                .andExpect(status().isNotFound())
                .andExpect(jsonPath("$.detail")
                        .value(org.hamcrest.Matchers.containsString("confirm-rollout, pre-rollout")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name             | {'namespace': 'shop', 'phase': 'Waiting', 'metadata': {'version': '1'}}",
                "namespace        | {'name': 'checkout', 'phase': 'Waiting', 'metadata': {'version': '1'}}",
                "phase            | {'name': 'checkout', 'namespace': 'shop', 'metadata': {'version': '1'}}",
                "metadata.version | {'name': 'checkout', 'namespace': 'shop', 'phase': 'Waiting'}",
                "metadata.version | {'name': 'checkout', 'namespace': 'shop', 'phase': 'Waiting', 'metadata': {'version': ' '}}"
            })
    void what_is_missing_is_named(String field, String body) throws Exception {
        hook("confirm-rollout", body.replace('\'', '"'))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value(field));
    }

    @Test
    void nobody_is_answered_without_login() throws Exception {
        mvc.perform(post("/api/v1/services/checkout/flagger/rollback")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(PAYLOAD))
                .andExpect(status().isUnauthorized());
        then(flagger).shouldHaveNoInteractions();
    }

    @Test
    void a_body_is_at_most_64_kB() throws Exception {
        hook("event", "{\"name\": \"" + "x".repeat(65_536) + "\"}").andExpect(status().isPayloadTooLarge());
        hook("event", "").andExpect(status().isBadRequest());
        hook("event", "no").andExpect(status().isBadRequest());
    }

    private static FlaggerGates.Call call(String message) {
        return new FlaggerGates.Call("checkout", "1.5.0", "checkout", "shop", "Progressing", "85d557f47b", message);
    }

    private ResultActions hook(String name, String body) throws Exception {
        return mvc.perform(post("/api/v1/services/checkout/flagger/" + name)
                .with(as("sam"))
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }
}
