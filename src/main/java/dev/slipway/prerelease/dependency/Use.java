package dev.slipway.prerelease.dependency;

import dev.slipway.catalog.DependencyRule;

/**
 * One place where a dependency shows.
 *
 * @param rule       that found it
 * @param name       how it is called
 * @param token      what stands in the file of the name
 * @param value      what may change about it; null where nothing
 * @param hasDefault whether the place says what to do without it
 * @param path       of the file
 * @param line       where the name stands, 0 for the first
 * @param firstLine  where it begins
 * @param lastLine   where it ends
 */
record Use(
        DependencyRule rule,
        String name,
        String token,
        String value,
        boolean hasDefault,
        String path,
        int line,
        int firstLine,
        int lastLine) {

    boolean touches(LineRanges changed) {
        return changed.anyWithin(firstLine, lastLine);
    }
}
