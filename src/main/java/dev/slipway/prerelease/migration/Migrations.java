package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Knows from a file's name and text which tool runs it, and takes it apart. */
final class Migrations {

    /** Characters; nothing of a longer file is read. */
    static final int LONGEST = 16 << 20;

    private static final Pattern FLYWAY = Pattern.compile("[VBR][^/]*__[^/]*\\.sql");
    private static final Pattern UNDO = Pattern.compile("U[^/]*__[^/]*\\.sql");
    private static final Pattern CHANGESET = Pattern.compile("(?im)^[ \\t]*--[ \\t]*changeset[ \\t]+\\S+.*$");

    /** Where the way back begins in one file with the way there: goose, sql-migrate, dbmate. */
    private static final Pattern DOWN =
            Pattern.compile("(?im)^[ \\t]*--[ \\t]*(\\+goose|\\+migrate|migrate:)[ \\t]*down\\b.*$");

    private static final Pattern UP =
            Pattern.compile("(?im)^[ \\t]*--[ \\t]*(\\+goose|\\+migrate|migrate:)[ \\t]*up\\b.*$");

    private Migrations() {}

    static MigrationFile read(String path, String text, Dialect dialect) {
        var slash = path.replace('\\', '/');
        var name = slash.substring(slash.lastIndexOf('/') + 1);
        var lower = name.toLowerCase(Locale.ROOT);
        if (text.length() > LONGEST) {
            return unread("file", "it is longer than " + LONGEST + " characters");
        }
        if (lower.endsWith(".sql")) {
            return sql(slash, name, text, dialect);
        }
        if (lower.endsWith(".xml")) {
            return liquibase(text.contains("databaseChangeLog") ? LiquibaseTree.xml(text) : null, dialect);
        }
        if (lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json")) {
            return liquibase(text.contains("databaseChangeLog") ? LiquibaseTree.yaml(text) : null, dialect);
        }
        if (lower.endsWith(".rb")) {
            return MigrationFile.of("Rails", new RailsMigration(text, dialect).pieces(), true);
        }
        if (lower.endsWith(".py")) {
            return text.contains("migrations.Migration")
                    ? MigrationFile.of("Django", new DjangoMigration(text, slash, dialect).pieces(), true)
                    : MigrationFile.of("Alembic", new AlembicMigration(text, dialect).pieces(), true);
        }
        if (lower.endsWith(".js") || lower.endsWith(".ts") || lower.endsWith(".mjs") || lower.endsWith(".cjs")) {
            return MigrationFile.of("Knex", new KnexMigration(text, dialect).pieces(), true);
        }
        return looksLikeSql(text)
                ? sql(slash, name, text, dialect)
                : unread("file", "no known tool runs a file of that name");
    }

    private static boolean looksLikeSql(String text) {
        return text.contains(";") || text.isBlank();
    }

    private static MigrationFile unread(String layout, String why) {
        return MigrationFile.of(layout, List.of(Piece.unread(1, "the file", why)), false);
    }

    // SQL

    private static MigrationFile sql(String path, String name, String text, Dialect dialect) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".down.sql")
                || lower.equals("down.sql")
                || UNDO.matcher(name).matches()) {
            return MigrationFile.skipped("way back", "it is the way back and is not run in a release");
        }
        if (text.stripLeading().toLowerCase(Locale.ROOT).startsWith("--liquibase formatted sql")
                || text.stripLeading().toLowerCase(Locale.ROOT).startsWith("-- liquibase formatted sql")) {
            return MigrationFile.apart("Liquibase", changesets(text));
        }
        if (FLYWAY.matcher(name).matches()) {
            return MigrationFile.of("Flyway", List.of(whole(text, dialect)), name.startsWith("V"));
        }
        var up = upOnly(text);
        if (lower.endsWith(".up.sql") || lower.equals("migration.sql")) {
            // Sent as one text, and several statements of one text are one transaction in PostgreSQL.
            var several = StatementSplitter.split(text, dialect).size() > 1;
            var layout = lower.equals("migration.sql") ? "Prisma" : "golang-migrate";
            return MigrationFile.of(layout, List.of(Piece.sql(1, up, several && isPostgres(dialect))), true);
        }
        return MigrationFile.of("SQL", List.of(Piece.sql(1, up, false)), path.isEmpty());
    }

    private static boolean isPostgres(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL;
    }

    /** Flyway runs a file in a transaction unless it finds a statement that does without. */
    private static Piece whole(String text, Dialect dialect) {
        var without = Pattern.compile("(?i)\\b(CONCURRENTLY|VACUUM|CREATE\\s+DATABASE|ALTER\\s+SYSTEM)\\b");
        return Piece.sql(1, text, isPostgres(dialect) && !without.matcher(text).find());
    }

    private static List<Piece> changesets(String text) {
        var pieces = new ArrayList<Piece>();
        var marks = CHANGESET.matcher(text);
        var start = 0;
        var transaction = true;
        while (marks.find()) {
            add(pieces, text, start, marks.start(), transaction);
            start = marks.end();
            transaction =
                    !marks.group().toLowerCase(Locale.ROOT).replace(" ", "").contains("runintransaction:false");
        }
        add(pieces, text, start, text.length(), transaction);
        return pieces;
    }

    private static void add(List<Piece> pieces, String text, int start, int end, boolean transaction) {
        var part = text.substring(start, end);
        if (!part.isBlank()) {
            pieces.add(Piece.sql(Code.line(text, start), part, transaction));
        }
    }

    /** @return the text with what is the way back left blank, so that lines stay where they are */
    private static String upOnly(String text) {
        var result = new StringBuilder(text);
        var down = DOWN.matcher(text);
        var from = 0;
        while (down.find(from)) {
            var up = UP.matcher(text);
            var end = up.find(down.end()) ? up.start() : text.length();
            for (var i = down.start(); i < end; i++) {
                if (text.charAt(i) != '\n') {
                    result.setCharAt(i, ' ');
                }
            }
            from = end;
        }
        return result.toString();
    }

    private static MigrationFile liquibase(LiquibaseTree tree, Dialect dialect) {
        if (tree == null) {
            return unread("file", "it is no changelog of Liquibase");
        }
        return MigrationFile.apart("Liquibase", new LiquibaseChanges(dialect).pieces(tree));
    }
}
