package dev.slipway.api;

import dev.slipway.observation.Charts;
import dev.slipway.release.ReleaseId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What was measured, as pictures. */
@RestController
class ChartsApi {

    private static final MediaType SVG = MediaType.parseMediaType("image/svg+xml;charset=UTF-8");

    /** No longer than the shortest time between two looks of an ordinary service. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Charts charts;

    ChartsApi(Charts charts) {
        this.charts = charts;
    }

    @GetMapping("/api/v1/releases/{id}/charts/{metric}.svg")
    @Tag(name = "Releases")
    @Operation(
            operationId = "getChart",
            summary = "Draw what was measured of a metric",
            description =
                    "Value and baseline over time with limits, stages and verdicts. Also for whoever has logged in"
                            + " to Tasklist.")
    @ApiResponse(
            responseCode = "200",
            description = "The picture.",
            content =
                    @Content(
                            mediaType = "image/svg+xml",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(Examples.CHART)))
    ResponseEntity<String> chart(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @PathVariable("metric") @Parameter(example = "error-rate") String metric) {
        return ResponseEntity.ok()
                .contentType(SVG)
                .cacheControl(CacheControl.maxAge(FRESH).cachePrivate())
                // A picture that is opened by itself runs and loads nothing.
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .body(charts.svg(ReleaseId.of(id), metric));
    }
}
