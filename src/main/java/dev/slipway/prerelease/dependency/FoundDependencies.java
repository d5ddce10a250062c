package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;
import java.util.List;

/**
 * What was found between two revisions.
 *
 * @param dependencies by kind, file and line
 * @param notes        what was not looked at, and what is good to know, a sentence each
 */
public record FoundDependencies(List<Dependency> dependencies, List<String> notes) {

    public FoundDependencies {
        dependencies = List.copyOf(dependencies);
        notes = List.copyOf(notes);
    }

    public int count(DependencyRule.Kind kind) {
        return (int) dependencies.stream().filter(one -> one.kind() == kind).count();
    }
}
