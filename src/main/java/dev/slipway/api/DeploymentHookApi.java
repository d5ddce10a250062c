package dev.slipway.api;

import dev.slipway.release.Refusal;
import dev.slipway.window.DeploymentReports;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Hears from deployers that answer later. Whoever has the token may report; there is no other login. */
@RestController
@Tag(name = "Deployers")
class DeploymentHookApi {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final int LONGEST_MESSAGE = 2_000;

    private final DeploymentReports reports;

    DeploymentHookApi(DeploymentReports reports) {
        this.reports = reports;
    }

    enum State {
        SUCCEEDED,
        FAILED
    }

    @Schema(name = "DeploymentReport")
    record Report(
            @Schema(requiredMode = Schema.RequiredMode.REQUIRED)
            State state,

            @Schema(
                    description = "more, for people; cut after 2,000 characters",
                    example = "3 of 3 instances are healthy.")
            String message)
            implements Body {}

    @PostMapping(
            path = {"/api/v1/hooks/deployments/{token}", "/hooks/deployments/{token}"},
            consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.ACCEPTED)
    @SecurityRequirements
    @Operation(
            operationId = "reportDeployment",
            summary = "Report how a deployment went",
            description = "The token is part of the address that the deployer was given. At most 64 kB.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Report.class),
                                            examples = @ExampleObject(Examples.DEPLOYMENT))))
    @ApiResponse(responseCode = "202", description = "Heard.", content = @Content)
    @ApiResponse(responseCode = "413", description = "More than 64 kB.")
    void report(
            @PathVariable("token") @Parameter(description = "as given to the deployer") String token,
            @Parameter(hidden = true) InputStream body)
            throws IOException {
        var report = read(body);
        if (report.state() == null) {
            throw new Refusal.BadInput("state", "state is missing. Give SUCCEEDED or FAILED.");
        }
        var message = report.message() == null ? "" : report.message();
        reports.receive(
                token,
                report.state().name(),
                message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message);
    }

    private static Report read(InputStream body) throws IOException {
        var bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new BodyTooLarge(LARGEST_BODY);
        }
        var report = bytes.length == 0 ? null : StrictJson.MAPPER.readValue(bytes, Report.class);
        if (report == null) {
            throw new Refusal.BadInput("state", "The body is missing. Send {\"state\": \"SUCCEEDED\"} or FAILED.");
        }
        return report;
    }
}
