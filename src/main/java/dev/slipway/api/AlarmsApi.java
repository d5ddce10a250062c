package dev.slipway.api;

import dev.slipway.observation.FalseAlarms;
import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Which alarms were none, and how often that happens. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Alerts")
class AlarmsApi {

    private final FalseAlarms alarms;
    private final Releases releases;
    private final Authority authority;

    AlarmsApi(FalseAlarms alarms, Releases releases, Authority authority) {
        this.alarms = alarms;
        this.releases = releases;
        this.authority = authority;
    }

    @Schema(name = "NewFalseAlarm", description = "exactly one of metric, alert and report")
    record NewFalseAlarm(
            @Schema(description = "name of a metric that said FAIL", nullable = true, example = "error-rate")
            String metric,

            @Schema(description = "name of an alert", nullable = true)
            String alert,

            @Schema(description = "number of a problem report", nullable = true)
            Long report,

            @Schema(example = "A load test sent requests that are meant to fail.")
            @NotBlank(message = "reason is missing. Say why it was no alarm, in words.")
            @Size(max = 1000, message = "reason is longer than 1,000 characters. Shorten it.")
            String reason)
            implements Body {

        FalseAlarms.Source source() {
            if (Stream.of(metric, alert, report).filter(Objects::nonNull).count() != 1) {
                throw new Refusal.BadInput("metric", "Give exactly one of metric, alert and report.");
            }
            if (metric != null) {
                return FalseAlarms.Source.METRIC;
            }
            return alert != null ? FalseAlarms.Source.ALERT : FalseAlarms.Source.REPORT;
        }

        String name() {
            return Stream.of(metric, alert, report)
                    .filter(Objects::nonNull)
                    .map(Object::toString)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Schema(name = "FalseAlarm")
    record Marked(FalseAlarms.Source source, String name, String message) {}

    @Schema(name = "AlarmRate")
    record Rate(
            @Schema(example = "checkout") String service,

            @Schema(description = "METRIC or ALERT") FalseAlarms.Source source,

            @Schema(description = "of the metric or the alert", example = "error-rate")
            String name,

            @Schema(description = "how many releases it has spoken against")
            int releases,

            @Schema(description = "in how many of them it was marked as false")
            int falseAlarms,

            @Schema(description = "the second of the first, 0 to 1")
            double share) {}

    @PostMapping(path = "/releases/{id}/false-alarms", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "markFalseAlarm",
            summary = "Mark an alarm as false",
            description = "For the release authority of the service, release managers and administrators.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewFalseAlarm.class),
                                            examples = @ExampleObject(Examples.NEW_FALSE_ALARM))))
    @ApiResponse(
            responseCode = "201",
            description = "Marked; the timeline says so.",
            content =
                    @Content(
                            schema = @Schema(implementation = Marked.class),
                            examples = @ExampleObject(Examples.FALSE_ALARM)))
    @ApiResponse(responseCode = "409", description = "It is marked already.")
    Marked mark(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid NewFalseAlarm body,
            @AuthenticationPrincipal CurrentUser user) {
        var release = releases.get(ReleaseId.of(id));
        authority.requireToMarkFalseAlarms(user, release);
        alarms.mark(release.id(), body.source(), body.name(), body.reason(), user.name());
        return new Marked(body.source(), body.name(), "Marked as a false alarm.");
    }

    @GetMapping("/insights/alarms")
    @Operation(
            operationId = "alarmRates",
            summary = "How often metrics and alerts were wrong",
            description = "Each metric counts once a release in which it said FAIL, each alert once a release that it"
                    + " spoke against.")
    @ApiResponse(
            responseCode = "200",
            description = "By service and name.",
            content =
                    @Content(
                            array = @ArraySchema(schema = @Schema(implementation = Rate.class)),
                            examples = @ExampleObject(Examples.ALARMS)))
    List<Rate> rates(
            @Parameter(description = "Only of this service.", example = "checkout")
                    @RequestParam(name = "service", required = false)
                    String service) {
        return alarms.rates(service == null || service.isBlank() ? null : service).stream()
                .map(rate -> new Rate(
                        rate.service(), rate.source(), rate.name(), rate.releases(), rate.falseAlarms(), rate.share()))
                .toList();
    }
}
