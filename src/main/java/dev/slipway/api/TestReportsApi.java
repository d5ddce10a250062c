package dev.slipway.api;

import dev.slipway.prerelease.tests.ReportFormat;
import dev.slipway.prerelease.tests.TestReports;
import dev.slipway.release.Evidence;
import dev.slipway.release.ReleaseId;
import dev.slipway.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes the reports of tests as tools write them. */
@RestController
@RequestMapping(path = "/api/v1/releases/{id}/evidence/reports", produces = MediaType.APPLICATION_JSON_VALUE)
class TestReportsApi {

    private final TestReports reports;

    TestReportsApi(TestReports reports) {
        this.reports = reports;
    }

    @Schema(name = "TestReport")
    record Kept(
            @Schema(example = "unit") String name,
            ReportFormat format,
            Evidence.Result outcome,

            @Schema(example = "412 tests, 0 failed, 3 skipped")
            String summary,

            @Schema(description = "null in a report of coverage, as all counts of tests", nullable = true)
            Long tests,

            @Schema(nullable = true) Long failed,

            @Schema(description = "tests that broke", nullable = true)
            Long errors,

            @Schema(nullable = true) Long skipped,

            @Schema(nullable = true, example = "81.2") Double seconds,

            @Schema(description = "the first 20 that failed or broke")
            List<String> failing,

            @Schema(description = "null in a report of tests, as all of coverage", nullable = true)
            Long linesCovered,

            @Schema(nullable = true) Long linesTotal,

            @Schema(description = "percentage of lines", nullable = true, example = "81.4")
            Double coverage,

            @Schema(nullable = true) String commit,
            @Schema(example = "build-bot") String actor,
            Instant time) {

        static Kept of(TestReports.Kept kept) {
            var report = kept.report();
            return new Kept(
                    report.name(),
                    report.format(),
                    kept.outcome(),
                    kept.summary(),
                    report.tests(),
                    report.failed(),
                    report.errors(),
                    report.skipped(),
                    report.seconds(),
                    report.failingNames(),
                    report.linesCovered(),
                    report.linesTotal(),
                    report.coverage(),
                    report.commitId(),
                    report.actor(),
                    report.at());
        }
    }

    @PostMapping(
            consumes = {
                MediaType.APPLICATION_XML_VALUE,
                MediaType.TEXT_XML_VALUE,
                MediaType.TEXT_PLAIN_VALUE,
                MediaType.APPLICATION_OCTET_STREAM_VALUE
            })
    @ResponseStatus(HttpStatus.CREATED)
    @Tag(name = "Pipelines")
    @Operation(
            operationId = "attachTestReport",
            summary = "Attach a report of tests or coverage to PRE-3",
            description =
                    "JUnit XML, JaCoCo XML, Cobertura XML or LCOV, told from the content; at most 50 MB. The latest"
                            + " of a name and format counts.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = MediaType.APPLICATION_XML_VALUE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(Examples.JUNIT_REPORT)),
                                @Content(
                                        mediaType = MediaType.TEXT_XML_VALUE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(Examples.JUNIT_REPORT)),
                                @Content(
                                        mediaType = MediaType.TEXT_PLAIN_VALUE,
                                        schema = @Schema(type = "string"),
                                        examples = @ExampleObject(Examples.LCOV_REPORT)),
                                @Content(
                                        mediaType = MediaType.APPLICATION_OCTET_STREAM_VALUE,
                                        schema = @Schema(type = "string", format = "binary"))
                            }))
    @ApiResponse(
            responseCode = "201",
            description = "Read and kept.",
            content =
                    @Content(
                            schema = @Schema(implementation = Kept.class),
                            examples = @ExampleObject(Examples.TEST_REPORT)))
    @ApiResponse(responseCode = "413", description = "More than 50 MB.")
    Kept attach(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestParam(name = "name", required = false)
                    @Parameter(description = "as the service file requires it; default is the format", example = "unit")
                    String name,
            @RequestParam(name = "commit", required = false)
                    @Parameter(
                            description = "SHA of the commit that was measured",
                            example = "9f2c1e4d5b6a79880716253443526170a1b2c3d4")
                    String commit,
            @Parameter(hidden = true) InputStream body,
            @AuthenticationPrincipal @Parameter(hidden = true) CurrentUser user)
            throws IOException {
        return Kept.of(reports.attach(ReleaseId.of(id), body, name, commit, user.name()));
    }
}
