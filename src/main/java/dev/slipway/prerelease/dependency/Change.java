package dev.slipway.prerelease.dependency;

import java.util.Locale;

/** What became of a dependency. */
public enum Change {
    ADDED,
    REMOVED,
    RENAMED,
    CHANGED;

    /** @return as in the rules and for machines, such as {@code added} */
    public String written() {
        return name().toLowerCase(Locale.ROOT);
    }
}
