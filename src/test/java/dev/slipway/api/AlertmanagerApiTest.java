package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.observation.Alerts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.springframework.http.MediaType;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

@TestPropertySource(properties = "slipway.alertmanager.token=" + AlertmanagerApiTest.TOKEN)
class AlertmanagerApiTest extends ApiSlice {

    static final String TOKEN = "a-token-for-tests-only";

    @ParameterizedTest
    @ValueSource(strings = {"/hooks/alertmanager", "/api/v1/hooks/alertmanager"})
    void alerts_come_in_with_the_token(String path) throws Exception {
        given(alerts.receive(any())).willReturn(new Alerts.Received(1, 1, 1));

        sent(path, bearer(TOKEN), Examples.ALERTS)
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.alerts").value(1))
                .andExpect(jsonPath("$.matched").value(1));
        sent(path, httpBasic("alertmanager", TOKEN), Examples.ALERTS).andExpect(status().isOk());
    }

    @Test
    void what_alertmanager_says_is_understood() throws Exception {
        given(alerts.receive(any())).willReturn(new Alerts.Received(1, 1, 1));
        sent("/hooks/alertmanager", bearer(TOKEN), Examples.ALERTS).andExpect(status().isOk());

        ArgumentCaptor<List<Alerts.Alert>> received = ArgumentCaptor.captor();
        then(alerts).should().receive(received.capture());
        assertThat(received.getValue())
                .containsExactly(new Alerts.Alert(
                        true,
                        "c3a1f6d2b0e94587",
                        Instant.parse("2026-03-02T08:21:00Z"),
                        Map.of("alertname", "CheckoutErrors", "service", "checkout", "severity", "critical"),
                        "3 % of requests to checkout fail."));
    }

    @Test
    void nobody_comes_in_without_it() throws Exception {
        for (var wrong : List.of(
                bearer("another-token-for-tests"),
                bearer(""),
                httpBasic("alertmanager", "wrong"),
                httpBasic(TOKEN, ""),
                httpBasic("rita", "secret"),
                header("Basic !!!"),
                header("Digest " + TOKEN),
                header(TOKEN))) {
            sent("/hooks/alertmanager", wrong, Examples.ALERTS)
                    .andExpect(status().isUnauthorized())
                    .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                    .andExpect(jsonPath("$.type").value("urn:slipway:problem:not-logged-in"))
                    .andExpect(content().string(not(containsString(TOKEN))));
        }
        then(alerts).shouldHaveNoInteractions();
    }

    @Test
    void the_token_opens_nothing_else() throws Exception {
        mvc.perform(get("/api/v1/releases").with(bearer(TOKEN))).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/v1/releases").with(httpBasic("alertmanager", TOKEN)))
                .andExpect(status().isUnauthorized());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'version': '3', 'alerts': []}                          | version          | version must be 4",
                "{'version': '4', 'alerts': [{'status': 'on'}]}          | alerts[0].status | firing or resolved",
                "{'version': '4', 'alerts': [{'status': 'firing'}]}      | alerts[0].startsAt | missing",
            })
    void another_format_is_refused_with_the_field_at_fault(String body, String field, String why) throws Exception {
        sent("/hooks/alertmanager", bearer(TOKEN), body.replace('\'', '"'))
                .andExpect(status().isBadRequest())
                .andExpect(jsonPath("$.field").value(field))
                .andExpect(jsonPath("$.detail").value(containsString(why)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{", "[]", "{\"version\": \"4\", \"alerts\": [{\"startsAt\": \"soon\"}]}"})
    void what_is_no_alert_at_all_is_refused(String body) throws Exception {
        sent("/hooks/alertmanager", bearer(TOKEN), body).andExpect(status().isBadRequest());
    }

    private ResultActions sent(String path, RequestPostProcessor credential, String body) throws Exception {
        return mvc.perform(post(path)
                .with(credential)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body));
    }

    private static RequestPostProcessor bearer(String token) {
        return header("Bearer " + token);
    }

    private static RequestPostProcessor header(String value) {
        return request -> {
            request.addHeader("Authorization", value);
            return request;
        };
    }
}
