package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Requirement;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What the people who confirm readiness see before they answer: the evidence at hand. */
@Component
class PreReleaseBriefing implements Briefing {

    /** What the collector of dependencies calls the fields of <em>Verify dependencies</em>. */
    private static final Map<String, String> FIELDS = Map.of(
            "migrations", "migrationFiles",
            "environmentVariables", "environmentVariables",
            "queueWorkers", "queueWorkers",
            "scheduledJobs", "scheduledJobs",
            "thirdParties", "thirdParties");

    private final KnownEvidence known;
    private final Releases releases;
    private final ServiceCatalog catalog;
    private final GatheredEvidence evidence;
    private final Clock clock;

    PreReleaseBriefing(
            KnownEvidence known, Releases releases, ServiceCatalog catalog, GatheredEvidence evidence, Clock clock) {
        this.known = known;
        this.evidence = evidence;
        this.clock = clock;
        this.releases = releases;
        this.catalog = catalog;
    }

    @Override
    public Set<String> tasks() {
        return Set.of(
                "confirm-scope",
                "verify-dependencies",
                "confirm-tests",
                "confirm-rollback-plan",
                "accept-ownership",
                "accept-on-call",
                "review-schema-change",
                "confirm-compatibility",
                "approve-readiness",
                "rework-release");
    }

    @Override
    public String about(ReleaseId release, String task) {
        return Stream.of(asked(release, task), gathered(release, task))
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining("\n\n"));
    }

    @Override
    public String findings(ReleaseId release, String task) {
        var findings = collectors(task).stream()
                .flatMap(collector -> evidence.latest(release, collector).stream())
                .flatMap(gathered -> gathered.findings().stream())
                .toList();
        return FindingsTable.of(findings, "/api/v1/releases/" + release + "/findings");
    }

    /** The approvers see what every collector found; others what concerns their check. */
    private static List<String> collectors(String task) {
        if (task.equals("approve-readiness") || task.equals("rework-release")) {
            return ReadinessCheck.EVERY_COLLECTOR;
        }
        return ReadinessCheck.ALL.stream()
                .filter(check -> check.task().equals(task))
                .flatMap(check -> check.collectors().stream())
                .toList();
    }

    private String gathered(ReleaseId release, String task) {
        return collectors(task).stream()
                .flatMap(collector -> evidence.latest(release, collector).stream())
                .map(this::line)
                .collect(Collectors.joining("\n"));
    }

    private String line(Gathered gathered) {
        var age = Duration.between(gathered.at(), clock.instant()).toMinutes();
        var when = age < 1 ? "just now" : age < 120 ? age + " min ago" : age / 60 + " h ago";
        return gathered.isBroken()
                ? "- **" + gathered.collector() + " could not be looked up** (" + when + "): " + gathered.summary()
                        + " Nothing is known from it: please look yourself."
                : "- **" + gathered.collector() + "** (" + when + "): " + gathered.summary();
    }

    private String asked(ReleaseId release, String task) {
        return switch (task) {
            case "confirm-scope" -> with(known.scope(release), release, Requirement.PRE_1);
            case "verify-dependencies" -> with(known.dependencies(release), release, Requirement.PRE_2);
            case "confirm-tests" -> with(tests(release), release, Requirement.PRE_3);
            case "confirm-rollback-plan" -> with(known.rollbackPlan(release), release, Requirement.PRE_4);
            case "accept-ownership", "accept-on-call" -> with(people(release), release, Requirement.PRE_5);
            case "review-schema-change", "confirm-compatibility" ->
                with(known.dependencies(release), release, Requirement.PRE_6);
            case "approve-readiness" -> known.answers(release);
            default -> "";
        };
    }

    @Override
    public Map<String, Object> prefill(ReleaseId id, String task) {
        var release = releases.get(id);
        var known = new HashMap<String, Object>();
        switch (task) {
            case "verify-dependencies" -> {
                known.put("schemaChange", release.schemaChange());
                known.putAll(kinds(id));
            }
            case "rework-release" -> known.put("newRevision", release.toRevision());
            case "confirm-tests" -> {
                var tests = definition(id).tests();
                if (tests != null && tests.minimumCoverage() != null) {
                    known.put("minimumCoverage", tests.minimumCoverage());
                }
            }
            default -> {
                // Nothing is known beforehand.
            }
        }
        return known;
    }

    /** A kind that a machine found nothing of is answered already; every other one is a person's to answer. */
    private Map<String, Object> kinds(ReleaseId id) {
        var facts = evidence.facts(id, ReadinessCheck.DEPENDENCIES);
        var answers = new HashMap<String, Object>();
        FIELDS.forEach((field, fact) -> {
            if (facts.get(fact) instanceof Number found && found.intValue() == 0) {
                answers.put(field, "none");
            }
        });
        return answers;
    }

    private String with(String text, ReleaseId release, Requirement requirement) {
        var attached = known.attached(release, requirement);
        return attached.isEmpty() ? text : text + "\n\n**Attached**\n\n" + attached;
    }

    private String tests(ReleaseId release) {
        var tests = definition(release).tests();
        return tests == null || tests.minimumCoverage() == null
                ? "The service states no minimum coverage: state it for this release."
                : "The service asks for at least " + tests.minimumCoverage() + " % of lines covered.";
    }

    private String people(ReleaseId id) {
        var definition = definition(id);
        var onCall = definition.onCall().people().isEmpty()
                ? "group " + definition.group("on-call")
                : String.join(", ", definition.onCall().people());
        return "On call: " + onCall + ". Who decides: the release owner, "
                + releases.get(id).owner() + ", and the group " + definition.group("release-authority") + ".";
    }

    private ServiceDefinition definition(ReleaseId id) {
        return catalog.pinned(releases.get(id).definitionId());
    }
}
