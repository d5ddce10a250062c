package dev.slipway.prerelease.migration;

import java.util.List;

/**
 * A migration file, taken apart.
 *
 * @param layout   the tool that it is written for, for people
 * @param pieces   in the order in which they run
 * @param skipped  why nothing of it runs in a release, else null
 * @param series   whether its name has a number, so that it continues the file before it
 * @param together whether the pieces run in one session, and in one transaction where there is one
 */
record MigrationFile(String layout, List<Piece> pieces, String skipped, boolean series, boolean together) {

    MigrationFile {
        pieces = List.copyOf(pieces);
    }

    static MigrationFile of(String layout, List<Piece> pieces, boolean series) {
        return new MigrationFile(layout, pieces, null, series, true);
    }

    /** Each piece has a transaction of its own. */
    static MigrationFile apart(String layout, List<Piece> pieces) {
        return new MigrationFile(layout, pieces, null, false, false);
    }

    static MigrationFile skipped(String layout, String why) {
        return new MigrationFile(layout, List.of(), why, false, true);
    }
}
