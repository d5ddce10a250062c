package dev.slipway.api;

import dev.slipway.release.Refusal;
import dev.slipway.release.ReleaseId;
import dev.slipway.window.Slots;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Says when a release can be rolled out. */
@RestController
@Tag(name = "Calendar")
class SlotsApi {

    private static final String FIVE = "5";

    private final Slots slots;

    SlotsApi(Slots slots) {
        this.slots = slots;
    }

    @GetMapping(path = "/api/v1/services/{service}/slots", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proposeSlotsForService",
            summary = "Propose free slots for the next release of a service",
            description = "The next times at which a release meets no holiday, freeze, gap on call or other release.")
    @ApiResponse(
            responseCode = "200",
            description = "The slots, and what was passed over.",
            content =
                    @Content(
                            schema = @Schema(implementation = ProposalView.class),
                            examples = @ExampleObject(Examples.PROPOSAL)))
    ProposalView ofService(
            @PathVariable("service") @Parameter(example = "checkout") String service,
            @Parameter(
                            description = "Not before, ISO 8601 with offset; now by default.",
                            example = "2026-03-02T08:00:00Z")
                    @RequestParam(name = "from", required = false)
                    String from,
            @Parameter(description = "How many, 1 to 50.", example = FIVE)
                    @RequestParam(name = "count", defaultValue = FIVE)
                    String count) {
        return ProposalView.of(slots.ofService(service, time(from), number(count)));
    }

    @GetMapping(path = "/api/v1/releases/{id}/slots", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "proposeSlots",
            summary = "Propose free slots for a release",
            description = "As for its service, and at no time at which whoever is in charge leads another release.")
    @ApiResponse(
            responseCode = "200",
            description = "The slots, and what was passed over.",
            content =
                    @Content(
                            schema = @Schema(implementation = ProposalView.class),
                            examples = @ExampleObject(Examples.PROPOSAL)))
    ProposalView ofRelease(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @Parameter(
                            description = "Not before, ISO 8601 with offset; now by default.",
                            example = "2026-03-02T08:00:00Z")
                    @RequestParam(name = "from", required = false)
                    String from,
            @Parameter(description = "How many, 1 to 50.", example = FIVE)
                    @RequestParam(name = "count", defaultValue = FIVE)
                    String count) {
        return ProposalView.of(slots.of(ReleaseId.of(id), time(from), number(count)));
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new Refusal.BadInput("from", "from must be an ISO 8601 time such as 2026-03-02T08:00:00Z.");
        }
    }

    private static int number(String text) {
        try {
            var count = Integer.parseInt(text);
            if (count >= 1 && count <= Slots.MOST) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Refused below, as a number out of range is.
        }
        throw new Refusal.BadInput("count", "count must be a whole number from 1 to " + Slots.MOST + ".");
    }
}
