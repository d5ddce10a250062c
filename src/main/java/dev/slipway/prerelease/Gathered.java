package dev.slipway.prerelease;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.MappedCollection;

/**
 * What one run of a collector brought. Evidence has a source and an age: rows are added, the latest of a collector
 * counts.
 *
 * @param id            null until stored
 * @param releaseNumber the release
 * @param collector     its name
 * @param outcome       whether it could look
 * @param summary       what it says to people; where it broke, why
 * @param facts         a JSON object
 * @param digest        equal where nothing that matters to people has changed
 * @param at            when it looked
 * @param staleAt       from when on it must look again before anyone relies on it
 * @param findings      in order
 */
record Gathered(
        @Id Long id,
        long releaseNumber,
        String collector,
        Outcome outcome,
        String summary,
        String facts,
        String digest,
        Instant at,
        Instant staleAt,

        @MappedCollection(idColumn = "gathered_id", keyColumn = "position")
        List<Finding> findings) {

    enum Outcome {
        FOUND,
        BROKE
    }

    boolean isBroken() {
        return outcome == Outcome.BROKE;
    }

    /** @return whether it looked, and nothing it found needs a person */
    boolean needsNobody() {
        return !isBroken() && findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.NOTE);
    }

    List<Finding> blocking() {
        return findings.stream().filter(Finding::isBlocking).toList();
    }
}
