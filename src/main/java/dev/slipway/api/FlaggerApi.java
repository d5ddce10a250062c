package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.release.Refusal;
import dev.slipway.window.FlaggerGates;
import dev.slipway.window.FlaggerGates.Hook;
import dev.slipway.window.Gate;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers Flagger in its own format: a status up to 202 opens the gate, any other one keeps it closed. */
@RestController
@Tag(name = "Deployers")
class FlaggerApi {

    private static final int LARGEST_BODY = 64 * 1024;
    private static final String VERSION = "version";
    private static final String MESSAGE = "eventMessage";

    /** Not strict: the format is Flagger's, which adds to it from time to time. */
    private static final ObjectMapper MAPPER = new JsonMapper();

    private final FlaggerGates gates;

    FlaggerApi(FlaggerGates gates) {
        this.gates = gates;
    }

    @Schema(name = "FlaggerCall")
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Payload(
            @Schema(description = "of the Canary", example = "checkout")
            String name,

            @Schema(description = "of the Canary", example = "shop")
            String namespace,

            @Schema(description = "of the Canary", example = "Progressing")
            String phase,

            @Schema(description = "Flagger's own of the revision", example = "85d557f47b", nullable = true)
            String checksum,

            @Schema(description = "version is needed; eventMessage comes with events")
            Map<String, String> metadata) {

        FlaggerGates.Call call(String service) {
            var said = metadata == null ? Map.<String, String>of() : metadata;
            require("name", name);
            require("namespace", namespace);
            require("phase", phase);
            if (isBlank(said.get(VERSION))) {
                throw new Refusal.BadInput(
                        "metadata.version",
                        "metadata.version is missing. Give the version that the Canary rolls out in metadata of the"
                                + " webhook, such as {version: \"1.5.0\"}.");
            }
            return new FlaggerGates.Call(
                    service, said.get(VERSION), name, namespace, phase, checksum, said.get(MESSAGE));
        }

        private static void require(String field, String value) {
            if (isBlank(value)) {
                throw new Refusal.BadInput(field, field + " is missing. Send Flagger's webhook format.");
            }
        }

        private static boolean isBlank(String text) {
            return text == null || text.isBlank();
        }
    }

    @PostMapping(
            path = "/api/v1/services/{service}/flagger/{hook}",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_PROBLEM_JSON_VALUE})
    @Operation(
            operationId = "answerFlagger",
            summary = "Answer a webhook of Flagger",
            description = "For services whose deployer is flagger. Hooks: confirm-rollout, pre-rollout,"
                    + " confirm-traffic-increase, confirm-promotion, rollback, event, post-rollout. Flagger's webhook"
                    + " format, at most 64 kB; metadata.version names the version.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Payload.class),
                                            examples = @ExampleObject(Examples.FLAGGER))))
    @ApiResponse(
            responseCode = "200",
            description = "The gate is open; of rollback: Flagger is to roll back. Of event: heard.",
            content =
                    @Content(
                            schema = @Schema(implementation = Gate.class),
                            examples = @ExampleObject(Examples.FLAGGER_ANSWER)))
    @ApiResponse(responseCode = "403", description = "The gate is closed; detail says why.")
    @ApiResponse(responseCode = "404", description = "There is no such service, hook or release.")
    @ApiResponse(responseCode = "409", description = "The release is not rolled out by this Canary.")
    ResponseEntity<Object> answer(
            @PathVariable("service") @Parameter(example = "checkout") String service,
            @PathVariable("hook") @Parameter(example = "confirm-rollout") String hook,
            @Parameter(hidden = true) InputStream body,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException {
        var gate = gates.answer(hook(hook), read(body).call(service));
        if (gate.decision() == Gate.Decision.GO) {
            return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(gate);
        }
        var closed = Problem.of(HttpStatus.FORBIDDEN, String.join(" ", gate.reasons()), null, request.getRequestURI());
        closed.setProperty("decision", gate.decision());
        return ResponseEntity.status(HttpStatus.FORBIDDEN)
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(closed);
    }

    private static Hook hook(String name) {
        return Arrays.stream(Hook.values())
                .filter(hook -> inFlagger(hook).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal.NotFound("There is no hook " + name + " here. There are: "
                        + Arrays.stream(Hook.values())
                                .map(FlaggerApi::inFlagger)
                                .collect(Collectors.joining(", "))
                        + "."));
    }

    private static String inFlagger(Hook hook) {
        return hook.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Payload read(InputStream body) throws IOException {
        var bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new BodyTooLarge(LARGEST_BODY);
        }
        var payload = bytes.length == 0 ? null : MAPPER.readValue(bytes, Payload.class);
        if (payload == null) {
            throw new Refusal.BadInput("name", "The body is missing. Send Flagger's webhook format.");
        }
        return payload;
    }
}
