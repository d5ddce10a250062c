package dev.slipway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.httpBasic;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.request;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

/** Every door, tried by nobody, by someone and by a release manager. 404 means that the door is open. */
class WhoGetsInTest extends ApiSlice {

    @ParameterizedTest(name = "{0} {1}: nobody {2}, sam {3}, rita {4}")
    @CsvSource({
        "GET,  /api/v1/releases/REL-42,             401, 200, 200",
        "GET,  /api/v1/releases/REL-42/timeline,    401, 200, 200",
        "GET,  /api/v1/releases/REL-42/charts/a.svg, 401, 200, 200",
        "GET,  /releases/REL-42,                    401, 404, 404",
        "POST, /api/v1/releases,                    401, 415, 415",
        "POST, /api/v1/releases/REL-42/rollback,    401, 415, 415",
        "GET,  /api/nothing,                        401, 404, 404",
        "GET,  /engine-rest/engine,                 401, 404, 404",
        "POST, /engine-rest/deployment/create,      401, 404, 404",
        "GET,  /engine-rest,                        401, 404, 404",
        "GET,  /v3/api-docs,                        401, 404, 404",
        "GET,  /swagger-ui/index.html,              401, 404, 404",
        "GET,  /swagger-ui.html,                    401, 404, 404",
        "GET,  /actuator,                           401, 404, 404",
        "GET,  /actuator/prometheus,                401, 404, 404",
        "GET,  /actuator/health,                    404, 404, 404",
        "GET,  /actuator/health/liveness,           404, 404, 404",
        "GET,  /actuator/healthy,                   401, 404, 404",
        "PUT,  /sandbox/faults/1.5.0,               401, 403, 404",
        "GET,  /sandbox/,                           401, 403, 404",
        "POST, /hooks/deployments/t,                415, 415, 415",
        "GET,  /hooks/deployments/t,                401, 405, 405",
        "POST, /api/v1/hooks/alertmanager,          404, 404, 404",
        "POST, /hooks/alertmanager,                 404, 404, 404",
        "GET,  /hooks/alertmanager,                 401, 405, 405",
        "POST, /api/v1/releases/REL-42/false-alarms, 401, 415, 415",
        "POST, /api/v1/releases/REL-42/notes,       401, 415, 415",
        "GET,  /api/v1/insights/alarms,             401, 200, 200",
        "GET,  /api/v1/messages,                    401, 403, 200",
        "POST, /api/v1/services/checkout/flagger/rollback, 401, 415, 415",
        "GET,  /api/v1/releases/REL-42/slots,       401, 200, 200",
        "GET,  /api/v1/services/checkout/slots,     401, 200, 200",
        "GET,  /calendar.ics,                       401, 200, 200",
        "GET,  /api/v1/calendar.ics,                401, 200, 200",
        "GET,  /calendar,                           401, 404, 404",
        "GET,  /favicon.ico,                        404, 404, 404",
        "GET,  /assets/board.css,                   404, 404, 404",
        "GET,  /camunda/app/welcome/default/,       404, 404, 404",
        "GET,  /board,                              401, 404, 404",
        "GET,  /error,                              401, 404, 404",
    })
    void a_door_opens_for_those_it_is_for(String method, String path, int nobody, int someone, int manager)
            throws Exception {
        var verb = HttpMethod.valueOf(method);
        mvc.perform(request(verb, path)).andExpect(status().is(nobody));
        mvc.perform(request(verb, path).with(as("sam"))).andExpect(status().is(someone));
        mvc.perform(request(verb, path).with(as("rita"))).andExpect(status().is(manager));
    }

    @Test
    void nobody_is_asked_to_log_in() throws Exception {
        mvc.perform(get("/api/v1/releases"))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Basic realm=\"Slipway\""))
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.type").value("urn:slipway:problem:not-logged-in"))
                .andExpect(jsonPath("$.status").value(401))
                .andExpect(jsonPath("$.instance").value("/api/v1/releases"));
    }

    @ParameterizedTest
    @CsvSource({"sam, wrong", "stranger, secret", "'', secret", "sam, ''"})
    void a_wrong_password_lets_nobody_in(String user, String password) throws Exception {
        mvc.perform(get("/api/v1/releases").with(httpBasic(user, password)))
                .andExpect(status().isUnauthorized())
                .andExpect(header().string("WWW-Authenticate", "Basic realm=\"Slipway\""))
                .andExpect(content().contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @ParameterizedTest
    @CsvSource({"Basic", "Basic !!!", "Basic c2Ft", "Bearer abc"})
    void a_header_that_is_no_login_lets_nobody_in(String value) throws Exception {
        mvc.perform(get("/api/v1/releases").header("Authorization", value)).andExpect(status().isUnauthorized());
    }

    @Test
    void no_session_is_opened() throws Exception {
        var result = mvc.perform(get("/api/v1/releases/REL-42").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(header().doesNotExist("Set-Cookie"))
                .andReturn();
        assertThat(result.getRequest().getSession(false)).isNull();
    }

    @Test
    void answers_carry_sensible_headers() throws Exception {
        mvc.perform(get("/api/v1/releases/REL-42").with(as("sam")))
                .andExpect(header().string("X-Content-Type-Options", "nosniff"))
                .andExpect(header().string("X-Frame-Options", "SAMEORIGIN"))
                .andExpect(header().string("Referrer-Policy", "same-origin"));
    }

    @ParameterizedTest
    @CsvSource({"cross-site, 403", "same-site, 403", "same-origin, 415", "none, 415"})
    void pages_of_other_sites_change_nothing_with_a_remembered_password(String site, int status) throws Exception {
        mvc.perform(post("/api/v1/releases").header("Sec-Fetch-Site", site).with(as("rita")))
                .andExpect(status().is(status));
    }
}
