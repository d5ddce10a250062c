package dev.slipway.api;

import dev.slipway.prerelease.Finding;
import dev.slipway.prerelease.FoundEvidence;
import dev.slipway.release.ReleaseId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a machine found about a release before anyone was asked (PRE-1 to PRE-6). */
@RestController
@RequestMapping(path = "/api/v1/releases/{id}/findings", produces = MediaType.APPLICATION_JSON_VALUE)
class FindingsApi {

    private final FoundEvidence evidence;

    FindingsApi(FoundEvidence evidence) {
        this.evidence = evidence;
    }

    @Schema(name = "Collected")
    record Collected(
            @Schema(example = "migrations") String collector,

            @Schema(description = "it could not look: the summary says why, and nothing is known from it")
            boolean broken,

            @Schema(example = "One migration changes the schema.")
            String summary,

            Instant time,

            @Schema(description = "from when on it looks again before anyone relies on it")
            Instant staleAt,

            List<Found> findings) {

        static Collected of(FoundEvidence.Found found) {
            return new Collected(
                    found.collector(),
                    found.broken(),
                    found.summary(),
                    found.at(),
                    found.staleAt(),
                    found.findings().stream().map(Found::of).toList());
        }
    }

    @Schema(name = "Finding")
    record Found(
            @Schema(example = "create-index") String kind,
            Finding.Severity severity,

            @Schema(nullable = true, example = "db/migration/V7__orders.sql")
            String file,

            @Schema(nullable = true, example = "3") Integer line,

            @Schema(example = "Creates an index without CONCURRENTLY.")
            String what,

            @Schema(example = "Writes to orders wait until it is built.")
            String why,

            @Schema(nullable = true) String question,

            @Schema(description = "what to do instead", nullable = true)
            String advice,

            @Schema(nullable = true) String link) {

        static Found of(Finding finding) {
            return new Found(
                    finding.kind(),
                    finding.severity(),
                    finding.file(),
                    finding.line(),
                    finding.what(),
                    finding.why(),
                    finding.question(),
                    finding.advice(),
                    finding.link());
        }
    }

    @GetMapping
    @Tag(name = "Releases")
    @Operation(operationId = "getFindings", summary = "Show what a machine found before anyone was asked")
    @ApiResponse(
            responseCode = "200",
            description = "The latest of each collector.",
            content =
                    @Content(
                            array = @ArraySchema(schema = @Schema(implementation = Collected.class)),
                            examples = @ExampleObject(Examples.FINDINGS)))
    List<Collected> findings(@PathVariable("id") @Parameter(example = "REL-42") String id) {
        return evidence.of(ReleaseId.of(id)).stream().map(Collected::of).toList();
    }
}
