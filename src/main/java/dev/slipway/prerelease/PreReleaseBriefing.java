package dev.slipway.prerelease;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Briefing;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Requirement;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What the people who confirm readiness see before they answer: the evidence at hand. */
@Component
class PreReleaseBriefing implements Briefing {

    private final KnownEvidence known;
    private final Releases releases;
    private final ServiceCatalog catalog;

    PreReleaseBriefing(KnownEvidence known, Releases releases, ServiceCatalog catalog) {
        this.known = known;
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
            case "verify-dependencies" -> known.put("schemaChange", release.schemaChange());
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
