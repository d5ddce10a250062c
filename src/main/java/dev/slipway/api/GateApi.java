package dev.slipway.api;

import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.window.Gate;
import dev.slipway.window.Gates;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/** Tells a pipeline whether it may deploy. */
@RestController
@Tag(name = "Pipelines")
class GateApi {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60); // below the idle limit of common proxies

    private final GatePolls polls;
    private final Gates gates;

    GateApi(GatePolls polls, Gates gates) {
        this.polls = polls;
        this.gates = gates;
    }

    @GetMapping(path = "/api/v1/releases/{id}/gate", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "askGate",
            summary = "Ask whether a release may be deployed now",
            description = "GO, WAIT or NO_GO with reasons. With wait the answer WAIT is held back for as long; GO and"
                    + " NO_GO come at once.")
    @ApiResponse(
            responseCode = "200",
            description = "The decision.",
            content = @Content(schema = @Schema(implementation = Gate.class), examples = @ExampleObject(Examples.GATE)))
    DeferredResult<Gate> gate(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @Parameter(description = "How long to wait for a decision, ISO 8601, at most PT60S.", example = "PT30S")
                    @RequestParam(name = "wait", defaultValue = "PT0S")
                    String wait) {
        return polls.ask(ReleaseId.of(id), duration(wait));
    }

    @GetMapping(path = "/api/v1/services/{service}/gate", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "askGateOfService",
            summary = "Ask whether a service may be changed now, without a release or by its version",
            description = "NO_GO while a release of the service, or of a related one, is under way; else GO. With"
                    + " version: as the gate of the release of that version.")
    @ApiResponse(
            responseCode = "200",
            description = "The decision.",
            content = @Content(schema = @Schema(implementation = Gate.class), examples = @ExampleObject(Examples.GATE)))
    @ApiResponse(responseCode = "404", description = "There is no such service, or no release of that version.")
    Gate gateOfService(
            @PathVariable("service") @Parameter(example = "checkout") String service,
            @Parameter(description = "For tools that know the version and not the release.", example = "1.5.0")
                    @RequestParam(name = "version", required = false)
                    String version) {
        return version == null ? gates.ofService(service) : gates.ofVersion(service, version);
    }

    private static Duration duration(String text) {
        Duration wait;
        try {
            wait = Duration.parse(text);
        } catch (DateTimeParseException e) {
            wait = null;
        }
        if (wait == null || wait.isNegative() || wait.compareTo(LONGEST_WAIT) > 0) {
            throw new Refusal.BadInput("wait", "wait must be an ISO 8601 duration from PT0S to PT60S, such as PT30S.");
        }
        return wait;
    }
}
