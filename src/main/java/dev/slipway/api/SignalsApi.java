package dev.slipway.api;

import dev.slipway.observation.ProblemReports;
import dev.slipway.release.ReleaseId;
import dev.slipway.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes problem reports from support, QA, product and whoever else sees something. */
@RestController
@Tag(name = "People")
class SignalsApi {

    private final ProblemReports reports;

    SignalsApi(ProblemReports reports) {
        this.reports = reports;
    }

    @Schema(name = "NewSignal")
    record NewSignal(
            @NotNull(message = "kind is missing. Give SUPPORT, QA, PRODUCT or OTHER.")
            ProblemReports.Kind kind,

            @Schema(description = "CRITICAL asks for the way back at once")
            @NotNull(message = "severity is missing. Give LOW, HIGH or CRITICAL.")
            ProblemReports.Severity severity,

            @Schema(example = "Three customers can't pay by card since 10:20.")
            @NotBlank(message = "text is missing. Say what is wrong, in words.")
            @Size(max = 3500, message = "text is longer than 3,500 characters. Shorten it.")
            String text)
            implements Body {}

    @Schema(name = "SignalKept")
    record SignalKept(
            @Schema(description = "whether the release was being watched and its process heard the report")
            boolean heard,

            String message) {}

    @PostMapping(
            path = "/api/v1/releases/{id}/signals",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            operationId = "reportProblem",
            summary = "Report a problem with a release",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewSignal.class),
                                            examples = @ExampleObject(Examples.NEW_SIGNAL))))
    @ApiResponse(
            responseCode = "202",
            description = "Kept; heard tells whether the process reacts.",
            content =
                    @Content(
                            schema = @Schema(implementation = SignalKept.class),
                            examples = @ExampleObject(Examples.SIGNAL)))
    SignalKept report(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid NewSignal body,
            @AuthenticationPrincipal CurrentUser user) {
        var heard = reports.report(ReleaseId.of(id), body.kind(), body.severity(), body.text(), user.name());
        return new SignalKept(
                heard,
                heard
                        ? "The report is kept, and the release reacts to it."
                        : "The report is kept. The release is not being watched now, so nothing else happens.");
    }
}
