package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;

/**
 * One thing outside of the release that it needs otherwise than the version before.
 *
 * @param kind     what it is
 * @param name     how it is called; its path where it is a file
 * @param change   what became of it
 * @param file     where that shows; in the version before where it was removed
 * @param line     1 for the first; null where the file itself is meant
 * @param what     one sentence
 * @param why      why it matters, one sentence
 * @param question what a person is asked
 */
public record Dependency(
        DependencyRule.Kind kind,
        String name,
        Change change,
        String file,
        Integer line,
        String what,
        String why,
        String question) {}
