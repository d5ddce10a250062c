package dev.slipway.communication;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.Change;
import dev.slipway.release.Release;
import dev.slipway.release.Risk;
import java.util.List;
import java.util.stream.Collectors;

/** Drafts release notes from what is known (COM-2): main changes, risks, rollback path, whom to call. */
final class ReleaseNotes {

    /** The engine keeps no longer text in a variable. */
    private static final int LONGEST = 3_900;

    private static final int MOST_CHANGES = 15;

    private ReleaseNotes() {}

    /** @param overrides what was confirmed against what a machine found, a line each */
    static String draft(Release release, ServiceDefinition definition, List<String> overrides) {
        var text = "# " + release.name() + ": " + release.title() + "\n\n## Changes\n\n" + changes(release)
                + "\n\n## Risk\n\n" + risk(release) + overridden(overrides)
                + "\n\n## Way back\n\n" + wayBack(release)
                + "\n\n## Who decides\n\nIn charge: " + release.owner() + ". Release authority: "
                + definition.group("release-authority") + ". On call: " + onCall(definition) + ".\n";
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static String changes(Release release) {
        if (release.changes().isEmpty()) {
            return "No change is listed.";
        }
        var listed = release.changes().stream()
                .limit(MOST_CHANGES)
                .map(ReleaseNotes::line)
                .collect(Collectors.joining("\n"));
        var more = release.changes().size() - MOST_CHANGES;
        return more > 0 ? listed + "\n- and " + more + " more" : listed;
    }

    private static String line(Change change) {
        var kind = switch (change.kind()) {
            case FEATURE -> "New: ";
            case FIX -> "Fixed: ";
            case INFRASTRUCTURE -> "Infrastructure: ";
        };
        return "- " + kind + change.title() + (change.reference() == null ? "" : " (" + change.reference() + ")");
    }

    private static String risk(Release release) {
        var risk = release.risk() == null ? Risk.MEDIUM : release.risk();
        return risk + "." + (release.schemaChange() ? " The database schema changes." : "")
                + (release.dependencies() == null ? "" : " Dependencies: " + release.dependencies());
    }

    private static String overridden(List<String> overrides) {
        return overrides.isEmpty()
                ? ""
                : overrides.stream()
                        .map(one -> "- " + one)
                        .collect(Collectors.joining("\n", "\n\nOverridden:\n\n", ""));
    }

    private static String wayBack(Release release) {
        var automatic = release.servingVersion() == null
                ? "No version is known to go back to."
                : release.service() + " " + release.servingVersion() + " gets all traffic again.";
        return automatic
                + (release.rollbackPlan() == null ? "" : "\n\n" + listed(release.rollbackPlan()))
                + (release.manualSteps() == null ? "" : "\n\nManual steps:\n\n" + numbered(release.manualSteps()));
    }

    private static String listed(String plan) {
        return plan.contains("\n") ? numbered(plan) : plan;
    }

    private static String numbered(String steps) {
        return steps.lines()
                .filter(line -> !line.isBlank())
                .map(line -> "1. " + line)
                .collect(Collectors.joining("\n"));
    }

    private static String onCall(ServiceDefinition definition) {
        return definition.onCall().people().isEmpty()
                ? definition.group("on-call")
                : String.join(", ", definition.onCall().people());
    }
}
