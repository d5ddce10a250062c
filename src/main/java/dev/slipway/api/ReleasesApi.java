package dev.slipway.api;

import dev.slipway.release.EarlyEnd;
import dev.slipway.release.FirstFound;
import dev.slipway.release.Holds;
import dev.slipway.release.Openings;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Refusal;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.security.Authority;
import dev.slipway.security.CurrentUser;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.net.URI;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Opens releases, shows them and ends them early. */
@RestController
@RequestMapping(path = "/api/v1/releases", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Releases")
class ReleasesApi {

    private static final int LONGEST_KEY = 200;

    private final Openings openings;
    private final Releases releases;
    private final ReleaseFlow flow;
    private final EarlyEnd earlyEnd;
    private final Holds holds;
    private final FirstFound firstFound;
    private final Authority authority;

    ReleasesApi(
            Openings openings,
            Releases releases,
            ReleaseFlow flow,
            EarlyEnd earlyEnd,
            Holds holds,
            FirstFound firstFound,
            Authority authority) {
        this.openings = openings;
        this.releases = releases;
        this.flow = flow;
        this.earlyEnd = earlyEnd;
        this.holds = holds;
        this.firstFound = firstFound;
        this.authority = authority;
    }

    @Schema(name = "Reason")
    record Reason(
            @Schema(description = "why, in words", example = "Customers can't pay by card.")
            @NotBlank(message = "reason is missing. Say why, in words.")
            @Size(max = 1000, message = "reason is longer than 1,000 characters. Shorten it.")
            String reason)
            implements Body {}

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "openRelease",
            summary = "Open a release",
            description = "For release managers, product, the service's engineering and administrators.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = NewRelease.class),
                                            examples = {
                                                @ExampleObject(name = "shortest", value = Examples.SHORTEST_RELEASE),
                                                @ExampleObject(name = "full", value = Examples.FULL_RELEASE)
                                            })))
    @ApiResponse(
            responseCode = "201",
            description = "Opened.",
            headers = @Header(name = "Location", description = "The release's address."),
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    @ApiResponse(
            responseCode = "200",
            description = "The same Idempotency-Key opened this release before.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    ResponseEntity<ReleaseView> open(
            @RequestBody @Valid NewRelease body,
            @Parameter(
                            description = "The same key gives the same release, not a second; at most 200 characters.",
                            example = "checkout-1.5.0-build-8711")
                    @RequestHeader(name = "Idempotency-Key", required = false)
                    String idempotencyKey,
            @AuthenticationPrincipal CurrentUser user) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw new Refusal.BadInput("Idempotency-Key", "Idempotency-Key must be 1 to 200 characters.");
        }
        authority.requireToOpen(user, body.service().strip());
        var opening = openings.open(body.request(user.name(), idempotencyKey));
        var view = view(opening.release());
        var address = address(opening.release().id());
        return opening.isNew()
                ? ResponseEntity.created(address).body(view)
                : ResponseEntity.ok().location(address).body(view);
    }

    @GetMapping
    @Operation(operationId = "listReleases", summary = "List releases, newest first")
    @ApiResponse(
            responseCode = "200",
            description = "A page of them.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleasePage.class),
                            examples = @ExampleObject(Examples.RELEASE_PAGE)))
    ReleasePage list(
            @Parameter(description = "Only of this service.", example = "checkout")
                    @RequestParam(name = "service", required = false)
                    String service,
            @Parameter(description = "Only in this phase.") @RequestParam(name = "phase", required = false) Phase phase,
            @Parameter(description = "Only with this outcome.") @RequestParam(name = "outcome", required = false)
                    Outcome outcome,
            @Parameter(description = "From 0.")
                    @RequestParam(name = "page", defaultValue = "0")
                    @Min(value = 0, message = "page must be 0 or more.")
                    @Max(value = 10_000_000, message = "page must be at most 10,000,000.")
                    int page,
            @Parameter(description = "Releases on a page, 1 to 200.")
                    @RequestParam(name = "size", defaultValue = "50")
                    @Min(value = 1, message = "size must be 1 to 200.")
                    @Max(value = 200, message = "size must be 1 to 200.")
                    int size) {
        var wanted = service == null || service.isBlank() ? null : service;
        return ReleasePage.of(releases.page(wanted, phase, outcome, page, size), page, size);
    }

    @GetMapping("/{id}")
    @Operation(operationId = "getRelease", summary = "Show a release and what it waits for")
    @ApiResponse(
            responseCode = "200",
            description = "The release.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    ReleaseView get(@PathVariable("id") @Parameter(example = "REL-42") String id) {
        return view(releases.get(ReleaseId.of(id)));
    }

    @PostMapping(path = "/{id}/rollback", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "rollBackRelease",
            summary = "Roll a release back",
            description = "For the release's owner, its release authority, release managers and administrators."
                    + " Possible from the first traffic on until the final status.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Reason.class),
                                            examples = @ExampleObject(Examples.REASON))))
    @ApiResponse(
            responseCode = "202",
            description = "The way back has begun.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    @ApiResponse(responseCode = "409", description = "The phase can't be left this way.")
    ResponseEntity<ReleaseView> rollBack(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid Reason body,
            @AuthenticationPrincipal CurrentUser user) {
        var release = releases.get(ReleaseId.of(id));
        authority.requireToRollBack(user, release);
        return ResponseEntity.accepted().body(view(earlyEnd.rollBack(release.id(), body.reason(), user.name())));
    }

    @PostMapping(path = "/{id}/cancel", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "cancelRelease",
            summary = "Cancel a release",
            description = "For the release's owner, its release authority, release managers and administrators."
                    + " Where users may have met the version already, this leads through rollback.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Reason.class),
                                            examples = @ExampleObject(Examples.REASON))))
    @ApiResponse(
            responseCode = "202",
            description = "The release is being cancelled.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    @ApiResponse(responseCode = "409", description = "The phase can't be left this way.")
    ResponseEntity<ReleaseView> cancel(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid Reason body,
            @AuthenticationPrincipal CurrentUser user) {
        var release = releases.get(ReleaseId.of(id));
        authority.requireToCancel(user, release);
        return ResponseEntity.accepted().body(view(earlyEnd.cancel(release.id(), body.reason(), user.name())));
    }

    @PostMapping(path = "/{id}/hold", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "holdRelease",
            summary = "Pause a rollout before its next step",
            description = "For the release's owner, its release authority, release managers and administrators."
                    + " Traffic stays as it is and watching goes on.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Reason.class),
                                            examples = @ExampleObject(Examples.REASON))))
    @ApiResponse(
            responseCode = "200",
            description = "It is on hold, or will be before its next step.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    @ApiResponse(responseCode = "409", description = "It is on hold already, or no step is left.")
    ReleaseView hold(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid Reason body,
            @AuthenticationPrincipal CurrentUser user) {
        var release = releases.get(ReleaseId.of(id));
        authority.requireToHold(user, release);
        return view(holds.hold(release.id(), body.reason(), user.name()));
    }

    @PostMapping(path = "/{id}/resume", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "resumeRelease",
            summary = "Let a rollout that is on hold go on",
            description = "For the release's owner, its release authority, release managers and administrators.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON_VALUE,
                                            schema = @Schema(implementation = Reason.class),
                                            examples = @ExampleObject(Examples.REASON))))
    @ApiResponse(
            responseCode = "200",
            description = "It goes on.",
            content =
                    @Content(
                            schema = @Schema(implementation = ReleaseView.class),
                            examples = @ExampleObject(Examples.RELEASE)))
    @ApiResponse(responseCode = "409", description = "It is not on hold.")
    ReleaseView resume(
            @PathVariable("id") @Parameter(example = "REL-42") String id,
            @RequestBody @Valid Reason body,
            @AuthenticationPrincipal CurrentUser user) {
        var release = releases.get(ReleaseId.of(id));
        authority.requireToHold(user, release);
        return view(holds.resume(release.id(), body.reason(), user.name()));
    }

    private ReleaseView view(Release release) {
        return ReleaseView.of(
                release, flow.waitingFor(release.id()), firstFound.of(release.id()), holds.current(release.id()));
    }

    private static URI address(ReleaseId id) {
        return ServletUriComponentsBuilder.fromCurrentContextPath()
                .path("/api/v1/releases/{id}")
                .build(id.toString());
    }
}
