package dev.slipway.prerelease.migration;

import java.util.List;

/** Reads PostgreSQL's CREATE …, from behind that word. */
final class PostgresCreate {

    private final Cursor at;
    private final Surroundings around;

    PostgresCreate(Cursor at, Surroundings around) {
        this.at = at;
        this.around = around;
    }

    List<Hit> read() {
        var replaces = at.take("OR", "REPLACE");
        at.takeAny("GLOBAL", "LOCAL");
        var temporary = at.takeAny("TEMP", "TEMPORARY") != null;
        at.take("UNLOGGED");
        if (at.take("TABLE")) {
            return new PostgresCreateTable(at, around).read(temporary);
        }
        var unique = at.take("UNIQUE");
        if (at.take("INDEX")) {
            around.changedSchema();
            return index(unique);
        }
        around.changedSchema();
        if (at.take("DOMAIN")) {
            return domain();
        }
        if (at.take("CONSTRAINT", "TRIGGER") || at.take("TRIGGER")) {
            return trigger(replaces);
        }
        if (at.take("POLICY")) {
            return onTable("row-security");
        }
        if (at.take("RULE")) {
            return onTable("create-rule");
        }
        if (at.takeAny(
                        "FUNCTION",
                        "PROCEDURE",
                        "VIEW",
                        "RECURSIVE",
                        "MATERIALIZED",
                        "TYPE",
                        "SCHEMA",
                        "SEQUENCE",
                        "EXTENSION",
                        "ROLE",
                        "USER",
                        "GROUP",
                        "DATABASE",
                        "COLLATION",
                        "CAST",
                        "AGGREGATE",
                        "OPERATOR",
                        "TEXT",
                        "STATISTICS",
                        "PUBLICATION",
                        "SERVER",
                        "FOREIGN",
                        "LANGUAGE",
                        "TRUSTED",
                        "PROCEDURAL",
                        "TABLESPACE",
                        "ACCESS",
                        "CONVERSION",
                        "TRANSFORM",
                        "DEFAULT")
                != null) {
            at.rest();
            return List.of();
        }
        var what = Cursor.upper(at.any());
        if (!what.equals("EVENT") && !what.equals("SUBSCRIPTION")) {
            throw new NotUnderstood("no rule knows CREATE " + what);
        }
        at.rest();
        return List.of(Hit.of("other-change", "what", "CREATE " + what));
    }

    private List<Hit> index(boolean unique) {
        var concurrently = at.take("CONCURRENTLY");
        at.take("IF", "NOT", "EXISTS");
        var name = at.sees("ON") ? null : at.name();
        at.expect("ON");
        var only = at.take("ONLY");
        var table = at.name();
        if (at.take("USING")) {
            at.identifier();
        }
        var start = at.position();
        at.brackets();
        var columns = at.textSince(start);
        indexOptions();
        at.expectEnd();
        if (around.isNew(table) && !concurrently) {
            return List.of();
        }
        var words = new Object[] {
            "name",
            name == null ? "an index" : name,
            "table",
            table,
            "columns",
            columns,
            "unique",
            unique ? "UNIQUE " : "",
            "what",
            "CREATE INDEX"
        };
        if (concurrently) {
            return around.inTransaction() ? List.of(Hit.of("concurrently-in-transaction", words)) : List.of();
        }
        // On a partitioned table alone it is only announced, and built partition by partition.
        return only ? List.of() : List.of(Hit.of("create-index", words));
    }

    private void indexOptions() {
        while (true) {
            if (at.take("INCLUDE") || at.take("WITH")) {
                at.brackets();
            } else if (at.take("NULLS")) {
                at.take("NOT");
                at.expect("DISTINCT");
            } else if (at.take("TABLESPACE")) {
                at.identifier();
            } else if (at.take("WHERE")) {
                at.rest();
            } else {
                return;
            }
        }
    }

    private List<Hit> domain() {
        var name = at.name();
        var words = at.rest();
        var constrained = words.stream().anyMatch(word -> word.is("CHECK"))
                || words.stream().anyMatch(word -> word.is("NOT"));
        return constrained ? List.of(Hit.of("domain-with-constraint", "name", name)) : List.of();
    }

    private List<Hit> trigger(boolean replaces) {
        var name = at.identifier();
        while (!at.sees("ON")) {
            at.any();
        }
        at.expect("ON");
        var table = at.name();
        at.rest();
        return around.isNew(table)
                ? List.of()
                : List.of(Hit.of("create-trigger", "name", name, "table", table, "replaces", replaces));
    }

    private List<Hit> onTable(String rule) {
        while (!at.sees("ON") && !at.sees("TO")) {
            at.any();
        }
        at.any();
        if (rule.equals("create-rule") && !at.peek().isName()) {
            throw at.stuck();
        }
        var table = at.name();
        at.rest();
        return around.isNew(table) ? List.of() : List.of(Hit.of(rule, "table", table));
    }
}
