package dev.slipway.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.slipway.release.Change;
import dev.slipway.release.FirstFound;
import dev.slipway.release.Hold;
import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import dev.slipway.release.Risk;
import dev.slipway.release.WaitingFor;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A release as callers see it. */
@Schema(name = "Release")
record ReleaseView(
        @Schema(example = "REL-42") String id,
        @Schema(example = "checkout") String service,
        @Schema(example = "1.5.0") String version,
        @Schema(example = "Faster checkout") String title,
        Phase phase,

        @Schema(description = "null while open", nullable = true)
        Outcome outcome,

        @Schema(description = "null until assessed", nullable = true)
        Risk risk,

        @Schema(description = "user id of the person in charge", example = "erin")
        String owner,

        @Schema(description = "user id of who asked for it", example = "paula")
        String requestedBy,

        Instant openedAt,

        @Schema(description = "null while open", nullable = true)
        Instant closedAt,

        @Schema(description = "the version that served before; null where nothing is known", nullable = true)
        String servingVersion,

        @Schema(description = "not before; null means as soon as it is ready", nullable = true)
        Instant windowStart,

        @Schema(description = "not after; null means open ended", nullable = true)
        Instant windowEnd,

        List<ChangeView> changes,

        @Schema(description = "who noticed first that something is wrong; null while nobody has", nullable = true)
        FoundBy foundBy,

        @Schema(description = "who paused its rollout; null where it may go on", nullable = true)
        HeldBy onHold,

        @Schema(description = "longest wait first; empty while it is moving or closed")
        List<Wait> waitingFor) {

    @Schema(name = "Change")
    record ChangeView(Change.Kind kind, String title, String reference) {}

    @Schema(name = "FoundBy")
    record FoundBy(
            @Schema(description = "watcher, alertmanager, or a user id", example = "watcher")
            String who,

            FirstFound.How how,
            Instant at) {}

    @Schema(name = "OnHold")
    record HeldBy(
            @Schema(description = "user id", example = "erin")
            String who,

            @Schema(example = "The support desk is short of people.")
            String reason,

            Instant since) {}

    @Schema(name = "WaitingFor")
    record Wait(
            @Schema(example = "Confirm scope") String task,

            @Schema(description = "id of the task in Tasklist; null where it waits for no person", nullable = true)
            String taskId,

            @Schema(description = "person, group, clock or deployer", example = "engineering")
            String owner,

            Instant since,

            @Schema(nullable = true) Instant due,

            @JsonProperty("default")
            @Schema(
                    description = "what happens if nobody acts",
                    nullable = true,
                    example = "The release owner is asked.")
            String fallback) {

        static Wait of(WaitingFor waiting) {
            return new Wait(
                    waiting.task(),
                    waiting.taskId(),
                    waiting.owner(),
                    waiting.since(),
                    waiting.due(),
                    waiting.fallback());
        }
    }

    static ReleaseView of(
            Release release, List<WaitingFor> waiting, Optional<FirstFound.Found> found, Optional<Hold> hold) {
        return new ReleaseView(
                release.id().toString(),
                release.service(),
                release.version(),
                release.title(),
                release.phase(),
                release.outcome(),
                release.risk(),
                release.owner(),
                release.requestedBy(),
                release.openedAt(),
                release.closedAt(),
                release.servingVersion(),
                release.windowStart(),
                release.windowEnd(),
                release.changes().stream()
                        .map(change -> new ChangeView(change.kind(), change.title(), change.reference()))
                        .toList(),
                found.map(first -> new FoundBy(first.who(), first.how(), first.at()))
                        .orElse(null),
                hold.map(on -> new HeldBy(on.heldBy(), on.reason(), on.heldAt()))
                        .orElse(null),
                waiting.stream().map(Wait::of).toList());
    }
}
