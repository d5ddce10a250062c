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

            @Schema(
                    description = "How many of which severity the release reacts to, and how, stands in the service's"
                            + " file under signals; usually one CRITICAL rolls back and any other asks a person.")
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

            @Schema(description = "by which people name the report", example = "7")
            long report,

            String message) {

        static SignalKept of(ProblemReports.Taken taken) {
            var message = switch (taken.effect()) {
                case HEARD -> "The report is kept, and the release reacts to it.";
                case NOT_WATCHED ->
                    "The report is kept. The release is not being watched now, so nothing else happens.";
                case COUNTED ->
                    "The report is kept and counted. The release reacts when there are as many as the"
                            + " service's file says under signals.";
            };
            return new SignalKept(taken.effect() == ProblemReports.Effect.HEARD, taken.number(), message);
        }
    }

    @Schema(name = "NewNote")
    record NewNote(
            @Schema(example = "The order mails arrive a little late, but they do.")
            @NotBlank(message = "text is missing. Say what you saw, in words.")
            @Size(max = 3500, message = "text is longer than 3,500 characters. Shorten it.")
            String text)
            implements Body {}

    @Schema(name = "NoteKept")
    record NoteKept(String message) {}

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
    @ApiResponse(responseCode = "409", description = "The release is closed.")
    SignalKept report(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid NewSignal body,
            @AuthenticationPrincipal CurrentUser user) {
        return SignalKept.of(reports.report(ReleaseId.of(id), body.kind(), body.severity(), body.text(), user.name()));
    }

    @PostMapping(
            path = "/api/v1/releases/{id}/notes",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "noteWhatYouSaw",
            summary = "Note what you saw beside the metrics",
            description = "It becomes part of the timeline; nothing follows from it. Report a problem as a signal.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewNote.class),
                                            examples = @ExampleObject(Examples.NEW_NOTE))))
    @ApiResponse(
            responseCode = "201",
            description = "Kept in the timeline.",
            content =
                    @Content(
                            schema = @Schema(implementation = NoteKept.class),
                            examples = @ExampleObject(Examples.NOTE)))
    @ApiResponse(responseCode = "409", description = "The release is closed.")
    NoteKept note(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid NewNote body,
            @AuthenticationPrincipal CurrentUser user) {
        reports.note(ReleaseId.of(id), body.text(), user.name());
        return new NoteKept("The note is kept in the release's timeline.");
    }
}
