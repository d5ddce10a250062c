package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.slipway.observation.Alerts;
import dev.slipway.release.Refusal;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Hears from Alertmanager, in its own format. Its credential is checked before a request comes here. */
@RestController
@Tag(name = "Alerts")
class AlertmanagerApi {

    private static final int LARGEST_BODY = 4 * 1024 * 1024;

    /** Not strict: the format is Alertmanager's, which adds to it from time to time. */
    private static final ObjectMapper MAPPER =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private final Alerts alerts;

    AlertmanagerApi(Alerts alerts) {
        this.alerts = alerts;
    }

    @Schema(name = "AlertGroup")
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Group(
            @Schema(description = "of the format", example = "4")
            String version,

            List<Alert> alerts) {}

    @Schema(name = "Alert")
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Alert(
            @Schema(description = "firing or resolved", example = "firing")
            String status,

            @Schema(nullable = true) String fingerprint,
            Instant startsAt,

            @Schema(description = "service names the service; version, where it is there, the version")
            Map<String, String> labels,

            @Schema(nullable = true) Map<String, String> annotations) {

        Alerts.Alert alert(int position) {
            var at = "alerts[" + position + "].";
            if (!"firing".equals(status) && !"resolved".equals(status)) {
                throw new Refusal.BadInput(at + "status", at + "status must be firing or resolved.");
            }
            if (startsAt == null) {
                throw new Refusal.BadInput(at + "startsAt", at + "startsAt is missing.");
            }
            if (labels == null || labels.isEmpty()) {
                throw new Refusal.BadInput(at + "labels", at + "labels is missing.");
            }
            var plain = new HashMap<>(labels);
            plain.values().removeIf(value -> value == null);
            var said = annotations == null ? Map.<String, String>of() : annotations;
            return new Alerts.Alert(
                    status.equals("firing"),
                    fingerprint,
                    startsAt,
                    plain,
                    said.getOrDefault("summary", said.get("description")));
        }
    }

    @Schema(name = "AlertsReceived")
    record Received(
            @Schema(description = "how many there were") int alerts,

            @Schema(description = "how many concern a release")
            int matched,

            @Schema(description = "how many a release reacts to now")
            int heard) {}

    @PostMapping(
            path = {"/api/v1/hooks/alertmanager", "/hooks/alertmanager"},
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    @SecurityRequirements
    @Operation(
            operationId = "receiveAlerts",
            summary = "Receive alerts from Alertmanager",
            description = "Alertmanager's webhook format, version 4; at most 4 MB. The token of setting"
                    + " slipway.alertmanager.token is sent as a bearer credential, or as the password of HTTP Basic;"
                    + " where it is not set, there is no such hook (404)."
                    + " Alerts that were received before do nothing again.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Group.class),
                                            examples = @ExampleObject(Examples.ALERTS))))
    @ApiResponse(
            responseCode = "200",
            description = "Received.",
            content =
                    @Content(
                            schema = @Schema(implementation = Received.class),
                            examples = @ExampleObject(Examples.ALERTS_RECEIVED)))
    @ApiResponse(responseCode = "401", description = "The token is missing or wrong.")
    @ApiResponse(responseCode = "413", description = "More than 4 MB.")
    Received receive(@Parameter(hidden = true) InputStream body) throws IOException {
        var group = read(body);
        if (!"4".equals(group.version())) {
            throw new Refusal.BadInput(
                    "version", "version must be 4: this hook reads Alertmanager's webhook format of that version.");
        }
        var some = group.alerts() == null ? List.<Alert>of() : group.alerts();
        var checked = new ArrayList<Alerts.Alert>();
        for (var alert : some) {
            if (alert != null) {
                checked.add(alert.alert(checked.size()));
            }
        }
        var received = alerts.receive(checked);
        return new Received(received.alerts(), received.matched(), received.heard());
    }

    private static Group read(InputStream body) throws IOException {
        var bytes = body.readNBytes(LARGEST_BODY + 1);
        if (bytes.length > LARGEST_BODY) {
            throw new BodyTooLarge(LARGEST_BODY);
        }
        var group = bytes.length == 0 ? null : MAPPER.readValue(bytes, Group.class);
        if (group == null) {
            throw new Refusal.BadInput("version", "The body is missing. Send Alertmanager's webhook format.");
        }
        return group;
    }
}
