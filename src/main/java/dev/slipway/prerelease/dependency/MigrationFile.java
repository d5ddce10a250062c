package dev.slipway.prerelease.dependency;

/**
 * A migration that a release changes.
 *
 * @param path    from the top of the repository
 * @param text    as it is in the release; as it was before, where it is gone
 * @param edited  whether the version before had it already, so that it may have run: it was changed, renamed or deleted
 * @param deleted whether the release has it no more
 */
public record MigrationFile(String path, String text, boolean edited, boolean deleted) {}
