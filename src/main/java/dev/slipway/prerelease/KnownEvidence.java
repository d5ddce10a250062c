package dev.slipway.prerelease;

import dev.slipway.release.Change;
import dev.slipway.release.Evidence;
import dev.slipway.release.EvidenceRepository;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Releases;
import dev.slipway.release.Requirement;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What is known about a requirement without asking anyone, as Markdown. */
@Component
class KnownEvidence {

    private final Releases releases;
    private final EvidenceRepository evidence;

    KnownEvidence(Releases releases, EvidenceRepository evidence) {
        this.releases = releases;
        this.evidence = evidence;
    }

    /** PRE-1. */
    String scope(ReleaseId id) {
        var release = releases.get(id);
        var listed = Stream.of(Change.Kind.values())
                .map(kind -> release.changes().stream()
                        .filter(change -> change.kind() == kind)
                        .map(KnownEvidence::line)
                        .collect(Collectors.joining("\n", "**" + inWords(kind) + "**\n\n", "\n")))
                .filter(group -> group.contains("- "))
                .collect(Collectors.joining("\n"));
        var revisions = release.toRevision() == null
                ? ""
                : "\n\nRevisions: " + (release.fromRevision() == null ? "the beginning" : release.fromRevision())
                        + " to " + release.toRevision() + ".";
        return (listed.isEmpty() ? "No change is listed in the request." : listed) + revisions;
    }

    /** PRE-2. */
    String dependencies(ReleaseId id) {
        var release = releases.get(id);
        var said = release.dependencies() == null
                ? "The request says nothing about dependencies."
                : "The request says: " + release.dependencies();
        return said + (release.schemaChange() ? "\n\nThe database schema changes." : "");
    }

    /** PRE-4. */
    String rollbackPlan(ReleaseId id) {
        var release = releases.get(id);
        var serving = release.servingVersion() == null
                ? "No version is known to serve now."
                : "Now serves " + release.servingVersion() + ": the automatic way back gives it all traffic.";
        return serving
                + (release.rollbackPlan() == null
                        ? " The request names no rollback plan; what the service usually does is filled in where it says so."
                        : "");
    }

    /** @return what pipelines and people have attached, the latest last; empty where there is nothing */
    String attached(ReleaseId id, Requirement requirement) {
        return evidence.findByReleaseNumberOrderById(id.number()).stream()
                .filter(one -> one.requirement().equals(requirement.id()) && one.field() == null)
                .map(KnownEvidence::line)
                .collect(Collectors.joining("\n"));
    }

    /** @return every answer that counts now, a line each */
    String answers(ReleaseId id) {
        return evidence.findByReleaseNumberOrderById(id.number()).stream()
                .filter(one -> one.requirement().startsWith("PRE-"))
                .collect(Collectors.toMap(
                        one -> one.source() + "/" + one.field() + "/" + (one.field() == null ? one.id() : ""),
                        one -> one,
                        (earlier, later) -> later,
                        java.util.LinkedHashMap::new))
                .values()
                .stream()
                .map(KnownEvidence::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Change change) {
        return "- " + change.title() + (change.reference() == null ? "" : " (" + change.reference() + ")");
    }

    private static String line(Evidence one) {
        var link = one.link() == null ? "" : " [more](" + one.link() + ")";
        return "- " + one.requirement() + " " + one.outcome() + ": " + one.summary() + " (" + one.actor() + ")" + link;
    }

    private static String inWords(Change.Kind kind) {
        return switch (kind) {
            case FEATURE -> "Features";
            case FIX -> "Fixes";
            case INFRASTRUCTURE -> "Infrastructure";
        };
    }
}
