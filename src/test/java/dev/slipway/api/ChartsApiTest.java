package dev.slipway.api;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.verify;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.observation.Charts;
import dev.slipway.release.Refusal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpSession;

class ChartsApiTest extends ApiSlice {

    private static final String CHART = "/api/v1/releases/REL-42/charts/error-rate.svg";

    @Test
    void a_chart_is_a_picture_for_one_person_only() throws Exception {
        given(charts.svg(REL_42, "error-rate")).willReturn("<svg>▁▂</svg>");

        mvc.perform(get(CHART).accept("image/avif,image/webp,*/*;q=0.8").with(as("sam")))
                .andExpect(status().isOk())
                .andExpect(content().contentType("image/svg+xml;charset=UTF-8"))
                .andExpect(content().string("<svg>▁▂</svg>"))
                .andExpect(header().string("Cache-Control", "max-age=5, private"))
                .andExpect(header().string("Content-Security-Policy", "default-src 'none'; sandbox"));
    }

    @Test
    void nobody_sees_a_chart_without_logging_in() throws Exception {
        mvc.perform(get(CHART)).andExpect(status().isUnauthorized());
        mvc.perform(get(CHART).session(new MockHttpSession())).andExpect(status().isUnauthorized());
    }

    @Test
    void a_metric_that_nobody_knows_is_not_found() throws Exception {
        given(charts.svg(any(), any())).willThrow(new Refusal.NotFound("REL-42 has no metric x. It has: error-rate."));

        mvc.perform(get("/api/v1/releases/REL-42/charts/x.svg")
                        .accept("image/avif,image/webp,*/*;q=0.8")
                        .with(as("sam")))
                .andExpect(status().isNotFound())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.detail").value("REL-42 has no metric x. It has: error-rate."));
    }

    @Test
    void a_metric_may_be_called_anything() throws Exception {
        given(charts.svg(any(), any())).willReturn("<svg/>");
        var name = "p95 (ms) 50% ä.svg"; // a server refuses the percent sign

        mvc.perform(get(java.net.URI.create(Charts.path(REL_42, name))).with(as("sam")))
                .andExpect(status().isOk());
        verify(charts).svg(REL_42, "p95 (ms) 50- ä.svg");
    }

    @Test
    void whoever_has_logged_in_to_tasklist_sees_pictures_and_nothing_else() throws Exception {
        var session = new MockHttpSession();
        given(sessions.userOf(session)).willReturn(Optional.of("sam"));
        given(charts.svg(REL_42, "error-rate")).willReturn("<svg/>");

        mvc.perform(get(CHART).session(session)).andExpect(status().isOk());
        mvc.perform(get("/releases/REL-42").session(session)).andExpect(status().isNotFound());
        mvc.perform(post(CHART).session(session)).andExpect(status().isUnauthorized());
        mvc.perform(get("/api/v1/releases/REL-42").session(session)).andExpect(status().isUnauthorized());
        mvc.perform(post("/api/v1/releases/REL-42/rollback").session(session)).andExpect(status().isUnauthorized());
        mvc.perform(get("/engine-rest/engine").session(session)).andExpect(status().isUnauthorized());
    }

    @Test
    void a_wrong_password_is_not_made_good_by_a_session() throws Exception {
        var session = new MockHttpSession();
        given(sessions.userOf(session)).willReturn(Optional.of("sam"));

        mvc.perform(get(CHART).session(session).header("Authorization", "Basic c2FtOndyb25n"))
                .andExpect(status().isUnauthorized());
    }
}
