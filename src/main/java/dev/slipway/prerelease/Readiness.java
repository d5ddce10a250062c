package dev.slipway.prerelease;

import dev.slipway.release.Actor;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Whether everything that a release owes before it is announced has been confirmed (PRE-1 to PRE-6). */
@Service
class Readiness {

    private final Releases releases;
    private final Timeline timeline;

    Readiness(Releases releases, Timeline timeline) {
        this.releases = releases;
        this.timeline = timeline;
    }

    /** @param openPoints what is rejected or not answered, with the reasons; empty where everything is confirmed */
    record Summary(List<String> openPoints) {

        boolean isConfirmed() {
            return openPoints.isEmpty();
        }

        String inWords() {
            return openPoints.stream().map(point -> "- " + point).collect(Collectors.joining("\n"));
        }
    }

    /**
     * Sums up one round of questions and keeps what people said about schema and way back.
     *
     * @param answers the diagram's variables
     * @param learned how many learned checks were asked
     */
    Summary sumUp(ReleaseId release, Map<String, Object> answers, int learned) {
        var schemaChange =
                Boolean.TRUE.equals(answers.get("schemaChange")) || Boolean.TRUE.equals(answers.get("migrationsFound"));
        var owed = new ArrayList<>(ReadinessCheck.ALWAYS);
        if (learned > 0) {
            owed.add(ReadinessCheck.LEARNED);
        }
        if (schemaChange) {
            owed.addAll(ReadinessCheck.SCHEMA);
        }
        var summary = new Summary(owed.stream()
                .filter(check -> !check.isConfirmed(answers))
                .map(check -> check.openPoint(answers))
                .toList());
        releases.confirmSchemaChange(release, schemaChange);
        keepRollbackPlan(release, answers);
        timeline.record(
                release,
                Actor.machine("readiness"),
                summary.isConfirmed()
                        ? "Ready: all " + owed.size() + " checks are confirmed."
                        : "Not ready: " + summary.openPoints().size() + " of " + owed.size() + " checks are open.",
                summary.isConfirmed() ? null : summary.inWords());
        return summary;
    }

    private void keepRollbackPlan(ReleaseId release, Map<String, Object> answers) {
        // Where a machine confirmed it, nobody has written another plan than the one at hand.
        if (ReadinessCheck.CONFIRMED.equals(answers.get("rollbackPlanDecision"))
                && answers.get("rollbackPlan") != null) {
            releases.confirmRollbackPlan(
                    release, (String) answers.get("rollbackPlan"), (String) answers.get("manualSteps"));
        }
    }
}
