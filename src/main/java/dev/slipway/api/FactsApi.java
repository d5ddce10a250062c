package dev.slipway.api;

import dev.slipway.observation.Measurements;
import dev.slipway.observation.judge.Effect;
import dev.slipway.release.Actor;
import dev.slipway.release.Evidence;
import dev.slipway.release.Evidences;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import dev.slipway.release.TimelineEntry;
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
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What happened to a release, what was measured, and what a pipeline knows about it. */
@RestController
@RequestMapping(path = "/api/v1/releases/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class FactsApi {

    private final Releases releases;
    private final Timeline timeline;
    private final Measurements measurements;
    private final Evidences evidences;

    FactsApi(Releases releases, Timeline timeline, Measurements measurements, Evidences evidences) {
        this.releases = releases;
        this.timeline = timeline;
        this.measurements = measurements;
        this.evidences = evidences;
    }

    @Schema(name = "TimelineEntry")
    record Entry(
            Instant time,
            @Schema(example = "erin") String actor,
            @Schema(description = "a person or a machine") Actor.Kind actorKind,

            @Schema(example = "Requested checkout 1.5.0: Faster checkout. In charge: erin.")
            String what,

            @Schema(description = "more, or what it rests on", nullable = true)
            String evidence) {

        static Entry of(TimelineEntry entry) {
            return new Entry(entry.at(), entry.actor(), entry.actorKind(), entry.what(), entry.evidence());
        }
    }

    @Schema(name = "Measurement")
    record Measured(
            @Schema(example = "error-rate") String metric,

            @Schema(description = "the part of the rollout in which it was taken", example = "step-2")
            String stage,

            Instant time,

            @Schema(description = "null where there was no data", nullable = true, example = "0.031")
            Double value,

            @Schema(nullable = true, example = "0.004") Double baseline,
            @Schema(nullable = true, example = "above 0.02") String threshold,
            @Schema(example = "FAIL") String verdict,

            @Schema(description = "the rule that decided", example = "above its absolute ceiling")
            String rule,

            @Schema(description = "the same for people", nullable = true)
            String words,

            @Schema(
                    description = "how much it differs from the baseline, with its 95 % interval; relative: 0.2 is a"
                            + " fifth more; null where it was not compared",
                    nullable = true)
            Effect effect,

            @Schema(
                    description = "of what was seen, or worse, if the harm were just tolerable",
                    nullable = true,
                    example = "0.001")
            Double p) {

        static Measured of(Measurements.Entry measurement) {
            return new Measured(
                    measurement.metric(),
                    measurement.stage(),
                    measurement.at(),
                    measurement.value(),
                    measurement.baseline(),
                    measurement.threshold(),
                    measurement.verdict().name(),
                    measurement.rule(),
                    measurement.words(),
                    measurement.effect(),
                    measurement.p());
        }
    }

    /** What a pipeline may say; the other results are for people and their forms. */
    enum Result {
        PASSED,
        FAILED,
        NOTED
    }

    @Schema(name = "NewEvidence")
    record NewEvidence(
            @Schema(description = "id of the requirement that it is about", example = "PRE-3")
            @NotBlank(message = "requirement is missing. Give an id such as PRE-3.")
            String requirement,

            @NotNull(message = "outcome is missing. Give PASSED, FAILED or NOTED.")
            Result outcome,

            @Schema(description = "one line for people", example = "1,204 tests passed, line coverage 83 %")
            @NotBlank(message = "summary is missing. Say what was found, in words.")
            @Size(max = 2000, message = "summary is longer than 2,000 characters. Shorten it, and link to the rest.")
            String summary,

            @Schema(description = "where to see more", example = "https://ci.example.com/checkout/8711")
            @Size(max = 2000, message = "link is longer than 2,000 characters. Shorten it.")
            String link)
            implements Body {}

    @Schema(name = "Evidence")
    record Kept(
            long id,
            @Schema(example = "PRE-3") String requirement,
            Evidence.Result outcome,
            String summary,
            @Schema(nullable = true) String link,
            @Schema(example = "build-bot") String actor,
            Instant time) {

        static Kept of(Evidence evidence) {
            return new Kept(
                    evidence.id(),
                    evidence.requirement(),
                    evidence.outcome(),
                    evidence.summary(),
                    evidence.link(),
                    evidence.actor(),
                    evidence.at());
        }
    }

    @GetMapping("/timeline")
    @Tag(name = "Releases")
    @Operation(operationId = "getTimeline", summary = "Show everything that happened, oldest first")
    @ApiResponse(
            responseCode = "200",
            description = "The timeline.",
            content =
                    @Content(
                            array = @ArraySchema(schema = @Schema(implementation = Entry.class)),
                            examples = @ExampleObject(Examples.TIMELINE)))
    List<Entry> timeline(@PathVariable("id") @Parameter(example = "REL-42") String id) {
        var release = releases.get(ReleaseId.of(id));
        return timeline.of(release.id()).stream().map(Entry::of).toList();
    }

    @GetMapping("/measurements")
    @Tag(name = "Releases")
    @Operation(operationId = "getMeasurements", summary = "Show every measurement and the rule that judged it")
    @ApiResponse(
            responseCode = "200",
            description = "The measurements.",
            content =
                    @Content(
                            array = @ArraySchema(schema = @Schema(implementation = Measured.class)),
                            examples = @ExampleObject(Examples.MEASUREMENTS)))
    List<Measured> measurements(@PathVariable("id") @Parameter(example = "REL-42") String id) {
        var release = releases.get(ReleaseId.of(id));
        return measurements.of(release.id()).stream().map(Measured::of).toList();
    }

    @PostMapping(path = "/evidence", consumes = MediaType.APPLICATION_JSON_VALUE)
    @ResponseStatus(HttpStatus.CREATED)
    @Tag(name = "Pipelines")
    @Operation(
            operationId = "attachEvidence",
            summary = "Attach evidence to a requirement",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewEvidence.class),
                                            examples = @ExampleObject(Examples.NEW_EVIDENCE))))
    @ApiResponse(
            responseCode = "201",
            description = "Kept.",
            content =
                    @Content(
                            schema = @Schema(implementation = Kept.class),
                            examples = @ExampleObject(Examples.EVIDENCE)))
    Kept attach(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid NewEvidence body,
            @AuthenticationPrincipal CurrentUser user) {
        return Kept.of(evidences.attach(
                ReleaseId.of(id),
                body.requirement(),
                Evidence.Result.valueOf(body.outcome().name()),
                body.summary(),
                body.link(),
                user.name()));
    }
}
