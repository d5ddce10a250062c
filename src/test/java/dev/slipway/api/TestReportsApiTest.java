package dev.slipway.api;

import static org.hamcrest.Matchers.containsString;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import dev.slipway.prerelease.tests.ReportFormat;
import dev.slipway.prerelease.tests.ReportTooLarge;
import dev.slipway.prerelease.tests.TestReport;
import dev.slipway.prerelease.tests.TestReports;
import dev.slipway.release.Evidence;
import dev.slipway.release.Refusal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.ResultActions;

class TestReportsApiTest extends ApiSlice {

    private static final String COMMIT = "9f2c1e4d5b6a79880716253443526170a1b2c3d4";

    @ParameterizedTest
    @ValueSource(strings = {"application/xml", "text/xml;charset=UTF-8", "text/plain", "application/octet-stream"})
    void a_report_is_taken_as_it_is_in_the_callers_name(String type) throws Exception {
        given(testReports.attach(eq(REL_42), any(), eq("unit"), eq(COMMIT), eq("erin")))
                .willReturn(kept());

        send("?name=unit&commit=" + COMMIT, type)
                .andExpect(status().isCreated())
                .andExpect(jsonPath("$.name").value("unit"))
                .andExpect(jsonPath("$.format").value("JUNIT"))
                .andExpect(jsonPath("$.outcome").value("FAILED"))
                .andExpect(jsonPath("$.summary").value("412 tests, 2 failed, 3 skipped"))
                .andExpect(jsonPath("$.tests").value(412))
                .andExpect(jsonPath("$.failing[1]").value("PriceTest.b"))
                .andExpect(jsonPath("$.coverage").isEmpty())
                .andExpect(jsonPath("$.commit").value(COMMIT))
                .andExpect(jsonPath("$.actor").value("erin"));
    }

    @Test
    void nobody_sends_reports_without_a_login() throws Exception {
        mvc.perform(post("/api/v1/releases/REL-42/evidence/reports")
                        .contentType(MediaType.APPLICATION_XML)
                        .content("<testsuite/>"))
                .andExpect(status().isUnauthorized());
        then(testReports).shouldHaveNoInteractions();
    }

    @Test
    void name_and_commit_may_be_left_out() throws Exception {
        given(testReports.attach(eq(REL_42), any(), isNull(), isNull(), eq("erin")))
                .willReturn(kept());

        send("", "application/xml").andExpect(status().isCreated());
    }

    @Test
    void a_report_that_can_not_be_read_is_refused_by_field() throws Exception {
        given(testReports.attach(any(), any(), any(), any(), any()))
                .willThrow(new Refusal.BadInput("body", "The report is no readable JUnit XML, line 3: …"));

        send("", "application/xml")
                .andExpect(status().isBadRequest())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON))
                .andExpect(jsonPath("$.field").value("body"))
                .andExpect(jsonPath("$.detail").value(containsString("line 3")));
    }

    @Test
    void a_report_that_is_too_large_is_refused() throws Exception {
        given(testReports.attach(any(), any(), any(), any(), any())).willThrow(Mockito.mock(ReportTooLarge.class));

        send("", "application/xml")
                .andExpect(status().isPayloadTooLarge())
                .andExpect(content().contentType(MediaType.APPLICATION_PROBLEM_JSON));
    }

    @Test
    void another_type_is_refused_with_those_that_are_taken() throws Exception {
        send("", "application/x-www-form-urlencoded")
                .andExpect(status().isUnsupportedMediaType())
                .andExpect(jsonPath("$.detail").value(containsString("application/xml, text/xml")));
    }

    private ResultActions send(String query, String type) throws Exception {
        return mvc.perform(post("/api/v1/releases/REL-42/evidence/reports" + query)
                .contentType(type)
                .content("<testsuite/>")
                .with(as("erin")));
    }

    private static TestReports.Kept kept() {
        return new TestReports.Kept(
                new TestReport(
                        7L,
                        42,
                        "unit",
                        ReportFormat.JUNIT,
                        412L,
                        2L,
                        0L,
                        3L,
                        81.2,
                        "PriceTest.a\nPriceTest.b",
                        null,
                        null,
                        null,
                        COMMIT,
                        "erin",
                        Instant.parse("2026-03-01T08:05:00Z")),
                Evidence.Result.FAILED,
                "412 tests, 2 failed, 3 skipped");
    }
}
