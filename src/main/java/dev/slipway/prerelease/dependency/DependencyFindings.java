package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import dev.slipway.prerelease.Collected;
import dev.slipway.prerelease.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says what was found to the people who verify dependencies. */
public final class DependencyFindings {

    /** More of one kind nobody reads. */
    private static final int MOST_OF_A_KIND = 200;

    private DependencyFindings() {}

    /** @return summary, findings and the facts of collector {@code dependencies} */
    public static Collected of(FoundDependencies found) {
        return new Collected(summary(found), findings(found), facts(found));
    }

    private static Map<String, Object> facts(FoundDependencies found) {
        return Map.of(
                "migrationFiles", found.count(DependencyRule.Kind.MIGRATION),
                "environmentVariables", found.count(DependencyRule.Kind.ENVIRONMENT_VARIABLE),
                "queueWorkers", found.count(DependencyRule.Kind.QUEUE_WORKER),
                "scheduledJobs", found.count(DependencyRule.Kind.SCHEDULED_JOB),
                "thirdParties", found.count(DependencyRule.Kind.THIRD_PARTY),
                "featureFlags", found.count(DependencyRule.Kind.FEATURE_FLAG));
    }

    private static String summary(FoundDependencies found) {
        if (found.dependencies().isEmpty()) {
            return "The changed lines show no other need of anything outside.";
        }
        var parts = new ArrayList<String>();
        for (var kind : DependencyRule.Kind.values()) {
            var count = found.count(kind);
            if (count > 0) {
                parts.add(count + " " + plural(kind, count));
            }
        }
        return "Other than before: " + String.join(", ", parts) + ".";
    }

    private static String plural(DependencyRule.Kind kind, int count) {
        var name = kind.written().replace('-', ' ');
        if (count == 1) {
            return name;
        }
        return name.endsWith("y") ? name.substring(0, name.length() - 1) + "ies" : name + "s";
    }

    private static List<Finding> findings(FoundDependencies found) {
        var findings = new ArrayList<Finding>();
        for (var kind : DependencyRule.Kind.values()) {
            found.dependencies().stream()
                    .filter(one -> one.kind() == kind)
                    .limit(MOST_OF_A_KIND)
                    .map(DependencyFindings::finding)
                    .forEach(findings::add);
            if (found.count(kind) > MOST_OF_A_KIND) {
                findings.add(note(
                        kind.written(),
                        "%d more of this kind, which are not listed.".formatted(found.count(kind) - MOST_OF_A_KIND)));
            }
        }
        found.notes().forEach(note -> findings.add(note("note", note)));
        return findings;
    }

    private static Finding finding(Dependency one) {
        return new Finding(
                one.kind().written(),
                Finding.Severity.ASK,
                one.file(),
                one.line(),
                one.what(),
                one.why(),
                one.question(),
                null,
                null);
    }

    private static Finding note(String kind, String what) {
        return new Finding(kind, Finding.Severity.NOTE, null, null, what, null, null, null, null);
    }
}
