package dev.slipway.prerelease;

import dev.slipway.release.Actor;
import dev.slipway.release.Evidence;
import dev.slipway.release.EvidenceRepository;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Which checks need a person. What a machine knows for certain is confirmed by it; what people confirmed stays
 * confirmed as long as the evidence under it has not changed; everything else is asked.
 */
@Component
class OpenChecks {

    private final GatheredEvidence gathered;
    private final EvidenceRepository evidence;
    private final Releases releases;
    private final Timeline timeline;
    private final Clock clock;

    OpenChecks(
            GatheredEvidence gathered, EvidenceRepository evidence, Releases releases, Timeline timeline, Clock clock) {
        this.gathered = gathered;
        this.evidence = evidence;
        this.releases = releases;
        this.timeline = timeline;
        this.clock = clock;
    }

    /**
     * What was decided without a person.
     *
     * @param decisions {@code confirmed} or null by the decision variable of each check
     * @param open      whether any check that this release owes needs a person
     */
    record Weighed(Map<String, String> decisions, boolean open) {}

    /**
     * @param learned   how many learned checks the release owes
     * @param shortPath whether the risk demands no approval, so that nobody need accept by name either
     * @param askAgain  whether the owner wants everything asked again
     */
    Weighed weigh(ReleaseId release, int learned, boolean shortPath, boolean askAgain) {
        var schemaChange = releases.get(release).schemaChange();
        var decisions = new HashMap<String, String>();
        var open = false;
        for (var check : ReadinessCheck.ALL) {
            var unchanged = gathered.rebase(release, check.task(), basis(release, check));
            var owed = isOwed(check, learned > 0, schemaChange);
            var confirmed = owed
                    && !askAgain
                    && ((unchanged && wasConfirmed(release, check)) || confirmedByMachine(release, check, shortPath));
            decisions.put(check.decision(), confirmed ? ReadinessCheck.CONFIRMED : null);
            open |= owed && !confirmed;
        }
        return new Weighed(decisions, open);
    }

    private static boolean isOwed(ReadinessCheck check, boolean learned, boolean schemaChange) {
        return check.equals(ReadinessCheck.LEARNED) ? learned : schemaChange || !ReadinessCheck.SCHEMA.contains(check);
    }

    private String basis(ReleaseId release, ReadinessCheck check) {
        return GatheredEvidence.sha256(check.collectors().stream()
                .map(collector -> gathered.latest(release, collector)
                        .map(Gathered::digest)
                        .orElse("-"))
                .collect(Collectors.joining("\n")));
    }

    private boolean wasConfirmed(ReleaseId release, ReadinessCheck check) {
        return evidence.findByReleaseNumberOrderById(release.number()).stream()
                .filter(one -> one.source().equals(machine(check))
                        || (one.source().equals(check.task())
                                && check.decision().equals(one.field())))
                .reduce((earlier, later) -> later)
                .filter(one ->
                        one.outcome() == Evidence.Result.CONFIRMED || one.outcome() == Evidence.Result.OVERRIDDEN)
                .isPresent();
    }

    private boolean confirmedByMachine(ReleaseId release, ReadinessCheck check, boolean shortPath) {
        var why = why(release, check, shortPath);
        if (why == null) {
            return false;
        }
        var summary = check.name() + " needs no person: " + why;
        if (isNews(release, check, summary)) {
            evidence.save(new Evidence(
                    null,
                    release.number(),
                    check.requirement().id(),
                    Evidence.Result.CONFIRMED,
                    summary,
                    null,
                    machine(check),
                    null,
                    null,
                    "weigh-evidence",
                    clock.instant()));
            timeline.record(release, Actor.machine("weigh-evidence"), summary);
        }
        return true;
    }

    /** @return why no person need answer; null where one must */
    private String why(ReleaseId id, ReadinessCheck check, boolean shortPath) {
        if (check.equals(ReadinessCheck.OWNERSHIP)) {
            var release = releases.get(id);
            return shortPath && release.owner().equals(release.requestedBy())
                    ? release.owner() + " asked for the release and is in charge of it."
                    : null;
        }
        if (check.collectors().isEmpty() || (check.equals(ReadinessCheck.ON_CALL) && !shortPath)) {
            return null;
        }
        var found = check.collectors().stream()
                .map(collector -> gathered.latest(id, collector).filter(Gathered::needsNobody))
                .toList();
        return found.stream().allMatch(Optional::isPresent)
                ? found.stream().map(one -> one.get().summary()).collect(Collectors.joining(" "))
                : null;
    }

    private static String machine(ReadinessCheck check) {
        return "weigh-evidence/" + check.task();
    }

    private boolean isNews(ReleaseId release, ReadinessCheck check, String summary) {
        return evidence.findByReleaseNumberOrderById(release.number()).stream()
                .filter(one -> one.source().equals(machine(check)))
                .reduce((earlier, later) -> later)
                .filter(one -> one.summary().equals(summary))
                .isEmpty();
    }
}
