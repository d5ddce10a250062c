package dev.slipway.api;

import dev.slipway.release.Outcome;
import dev.slipway.release.Phase;
import dev.slipway.release.Release;
import dev.slipway.release.Releases;
import dev.slipway.release.Risk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/** A page of releases, newest first. */
@Schema(name = "ReleasePage")
record ReleasePage(
        List<Line> items,

        @Schema(description = "how many there are on all pages", example = "1")
        long total,

        @Schema(description = "from 0", example = "0") int page,
        @Schema(example = "50") int size) {

    /** A release without what it waits for, which is looked up for one release at a time. */
    @Schema(name = "ReleaseLine")
    record Line(
            @Schema(example = "REL-42") String id,
            @Schema(example = "checkout") String service,
            @Schema(example = "1.5.0") String version,
            @Schema(example = "Faster checkout") String title,
            Phase phase,
            @Schema(nullable = true) Outcome outcome,
            @Schema(nullable = true) Risk risk,
            @Schema(example = "erin") String owner,
            Instant openedAt,
            @Schema(nullable = true) Instant closedAt) {

        static Line of(Release release) {
            return new Line(
                    release.id().toString(),
                    release.service(),
                    release.version(),
                    release.title(),
                    release.phase(),
                    release.outcome(),
                    release.risk(),
                    release.owner(),
                    release.openedAt(),
                    release.closedAt());
        }
    }

    static ReleasePage of(Releases.Page found, int page, int size) {
        return new ReleasePage(found.releases().stream().map(Line::of).toList(), found.total(), page, size);
    }
}
