package dev.slipway.prerelease.migration;

/**
 * A migration file of a release.
 *
 * @param path as people know it
 * @param text all of it
 */
public record ChangedFile(String path, String text) {}
