package dev.slipway.api;

import dev.slipway.window.Obstacle;
import dev.slipway.window.Proposal;
import dev.slipway.window.Slot;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** When a release can be rolled out, and what stood in the way of an earlier time. */
@Schema(name = "Proposal")
record ProposalView(
        @Schema(example = "checkout") String service,

        @Schema(description = "of the service", example = "Europe/Berlin")
        String timezone,

        @Schema(description = "how long the rollout takes", example = "PT12M")
        String rollout,

        @Schema(description = "how long it is observed afterwards", example = "PT30M")
        String observation,

        @Schema(description = "the next free ones, in order; none of them overlap")
        List<FreeSlot> slots,

        @Schema(description = "what stood in the way of an earlier slot in the allowed hours")
        List<PassedOver> passedOver,

        @Schema(description = "what is not quite sure, such as that a calendar counts as it was read last")
        List<String> caveats) {

    @Schema(name = "Slot")
    record FreeSlot(
            @Schema(example = "2026-03-02T08:00:00Z") Instant start,
            @Schema(example = "2026-03-02T08:15:00Z") Instant end,
            @Schema(example = "2026-03-02T08:45:00Z") Instant observedUntil) {

        private static FreeSlot of(Slot slot) {
            return new FreeSlot(slot.start(), slot.end(), slot.observedUntil());
        }
    }

    @Schema(name = "Obstacle")
    record PassedOver(
            Obstacle.Kind kind,
            @Schema(example = "2026-02-28T23:00:00Z") Instant from,
            @Schema(example = "2026-03-02T08:00:00Z") Instant to,

            @Schema(example = "A freeze is on from Sun 1 Mar 2026 00:00 CET to Mon 2 Mar 2026 09:00 CET: Quarter end.")
            String what) {

        private static PassedOver of(Obstacle obstacle) {
            return new PassedOver(obstacle.kind(), obstacle.from(), obstacle.to(), obstacle.what());
        }
    }

    static ProposalView of(Proposal proposal) {
        return new ProposalView(
                proposal.service(),
                proposal.timezone(),
                proposal.rollout().toString(),
                proposal.observation().toString(),
                proposal.slots().stream().map(FreeSlot::of).toList(),
                proposal.passedOver().stream().map(PassedOver::of).toList(),
                proposal.caveats());
    }
}
