package dev.slipway.prerelease;

import dev.slipway.calendar.AllowedHours;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Release;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/**
 * What the risk table decides on, from what the collectors found; where one did not look, from the request. What is not
 * known says so and is never taken for harmless.
 */
@Component
class ReleaseFacts {

    private static final List<String> KINDS = List.of(
            "migrationFiles", "environmentVariables", "queueWorkers", "scheduledJobs", "thirdParties", "featureFlags");
    private static final String IRREVERSIBLE = "IRREVERSIBLE";

    /** A reason is a variable of the diagram, and the engine keeps no longer text. */
    private static final int LONGEST_REASON = 2_000;

    private final GatheredEvidence evidence;
    private final Releases releases;
    private final ServiceCatalog catalog;

    ReleaseFacts(GatheredEvidence evidence, Releases releases, ServiceCatalog catalog) {
        this.catalog = catalog;
        this.evidence = evidence;
        this.releases = releases;
    }

    /** @return by the names of the diagram's variables */
    Map<String, Object> of(ReleaseId id) {
        var release = releases.get(id);
        var facts = new HashMap<String, Object>();
        var scope = evidence.facts(id, ReadinessCheck.SCOPE);
        facts.put("changeCount", number(scope, "changeCount", release.changes().size()));
        facts.put("batchRatio", decimal(scope, "batchRatio", 1));
        var dependencies = evidence.facts(id, ReadinessCheck.DEPENDENCIES);
        facts.put("dependencyKinds", (int)
                KINDS.stream().filter(kind -> number(dependencies, kind, 0) > 0).count());
        facts.putAll(schema(release, number(dependencies, "migrationFiles", 0)));
        var plan = evidence.facts(id, ReadinessCheck.ROLLBACK_PLAN);
        facts.put(
                "manualStepCount",
                number(
                        plan,
                        "manualStepCount",
                        definition(release).rollbackPlan(release).manualSteps().size()));
        facts.put("rehearsalAgeDays", number(plan, "rehearsalAgeDays", -1));
        facts.put(
                "onCallPeople", evidence.facts(id, ReadinessCheck.ON_CALL_COVER).getOrDefault("onCallPeople", ""));
        facts.put("recentFailures", releases.failuresAmongLast(release.service(), 5));
        facts.put("usualWindow", isInUsualHours(release));
        facts.put("evidenceComplete", isComplete(id));
        return facts;
    }

    /** @return whether a machine knows all that is asked in every release, and nothing of it needs a person */
    boolean isComplete(ReleaseId id) {
        return ReadinessCheck.EVERY_COLLECTOR.stream()
                .filter(collector -> !collector.equals(ReadinessCheck.MIGRATIONS))
                .allMatch(collector -> evidence.latest(id, collector)
                        .filter(Gathered::needsNobody)
                        .isPresent());
    }

    /** A window that is not booked yet opens in the hours that the service allows. */
    private boolean isInUsualHours(Release release) {
        var windows = definition(release).windows();
        return release.windowStart() == null || AllowedHours.of(windows).contain(release.windowStart());
    }

    private Map<String, Object> schema(Release release, int migrationFiles) {
        var review = evidence.facts(release.id(), ReadinessCheck.MIGRATIONS);
        var found = Math.max(migrationFiles, number(review, "migrationCount", 0));
        var verdict = review.getOrDefault("migrationVerdict", "UNKNOWN").toString();
        var schemaChange = release.schemaChange() || found > 0;
        releases.confirmSchemaChange(release.id(), schemaChange);
        return Map.of(
                "migrationsFound",
                found > 0,
                "schemaChange",
                schemaChange,
                "migrationVerdict",
                // A schema change that is told but not found in the repository has been read by nobody.
                verdict.equals("NONE") && schemaChange ? "UNKNOWN" : verdict,
                "pointOfNoReturn",
                verdict.equals(IRREVERSIBLE),
                "noReturnReason",
                verdict.equals(IRREVERSIBLE) ? whyNoReturn(release.id()) : "");
    }

    private String whyNoReturn(ReleaseId id) {
        var reasons = evidence.latest(id, ReadinessCheck.MIGRATIONS).stream()
                .flatMap(gathered -> gathered.findings().stream())
                .filter(finding -> finding.severity() == Finding.Severity.IRREVERSIBLE)
                .map(finding -> (finding.file() == null ? "" : finding.place() + ": ") + finding.what())
                .toList();
        var text = String.join("; ", reasons);
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON - 1) + "…";
    }

    private ServiceDefinition definition(Release release) {
        return catalog.pinned(release.definitionId());
    }

    private static int number(Map<String, Object> facts, String name, int fallback) {
        return facts.get(name) instanceof Number number ? number.intValue() : fallback;
    }

    private static double decimal(Map<String, Object> facts, String name, double fallback) {
        return facts.get(name) instanceof Number number ? number.doubleValue() : fallback;
    }
}
