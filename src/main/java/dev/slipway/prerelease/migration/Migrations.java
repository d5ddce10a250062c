package dev.slipway.prerelease.migration;

import java.util.List;

/** Knows from a file's name and text which tool runs it, and takes it apart. */
final class Migrations {

    private Migrations() {}

    static MigrationFile read(String path, String text, Dialect dialect) {
        return MigrationFile.of("SQL", List.of(Piece.sql(1, text, false)), false);
    }
}
