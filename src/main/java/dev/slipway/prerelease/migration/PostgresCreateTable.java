package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Constraint.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's CREATE TABLE, from behind the word TABLE. */
final class PostgresCreateTable {

    private final Cursor at;
    private final Surroundings around;
    private final PostgresColumns columns;
    private final List<Hit> hits = new ArrayList<>();
    private final List<Column> found = new ArrayList<>();
    private final List<Name> referenced = new ArrayList<>();

    PostgresCreateTable(Cursor at, Surroundings around) {
        this.at = at;
        this.around = around;
        this.columns = new PostgresColumns(at);
    }

    List<Hit> read(boolean temporary) {
        var mayBeThere = at.take("IF", "NOT", "EXISTS");
        var table = at.name();
        if (at.take("PARTITION", "OF")) {
            var parent = at.name();
            if (!around.isNew(parent)) {
                hits.add(Hit.of("create-partition", "table", table, "parent", parent));
            }
            if (at.seesSign("(")) {
                at.brackets();
            }
            if (!at.take("DEFAULT")) {
                bounds(at);
            }
        } else if (at.take("OF")) {
            at.name();
            if (at.seesSign("(")) {
                at.brackets();
            }
        } else if (at.seesSign("(")) {
            items(table);
        }
        options();
        if (at.take("AS")) {
            at.rest();
        }
        at.expectEnd();
        around.madeTable(table);
        if (temporary) {
            hits.clear();
            return hits;
        }
        around.changedSchema();
        advise(table);
        if (mayBeThere) {
            hits.add(Hit.of("maybe-there-already", "table", table));
        }
        return hits;
    }

    private void items(Name table) {
        var here = at.position();
        var next = at.peek(2);
        var namesOnly = at.peek(1).isName() && (next.isSign(",") || next.isSign(")"));
        if (namesOnly) {
            // CREATE TABLE name (column, …) AS query
            at.brackets();
            if (!at.sees("AS") && !at.sees("WITH")) {
                at.back(here);
                throw at.stuck();
            }
            return;
        }
        at.expectSign("(");
        if (at.takeSign(")")) {
            return;
        }
        do {
            if (at.take("LIKE")) {
                at.name();
                while (at.takeAny("INCLUDING", "EXCLUDING") != null) {
                    at.any();
                }
            } else if (columns.seesConstraint()) {
                constraint(table, columns.constraint());
            } else {
                column(table, columns.column());
            }
        } while (at.takeSign(","));
        at.expectSign(")");
    }

    private void column(Name table, Column column) {
        found.add(column);
        around.type(table, column.name, column.type);
        if (column.references != null) {
            referenced.add(column.references);
        }
    }

    private void constraint(Name table, Constraint constraint) {
        if (constraint.kind() == Kind.FOREIGN_KEY) {
            referenced.add(constraint.references());
        }
        if (constraint.kind() == Kind.PRIMARY_KEY && constraint.words().size() == 1) {
            found.stream()
                    .filter(column ->
                            column.name.equals(constraint.words().get(0).text()))
                    .forEach(column -> column.primaryKey = true);
        }
        around.defined(table, PostgresColumns.nameOf(table, constraint));
    }

    private void advise(Name table) {
        found.forEach(column -> hits.addAll(TypeAdvice.postgres(table, column)));
        referenced.stream()
                .filter(other -> !around.isNew(other))
                .forEach(other -> hits.add(Hit.of("new-table-references", "table", table, "other", other)));
    }

    static void bounds(Cursor at) {
        at.expect("FOR", "VALUES");
        if (at.take("IN") || at.take("WITH")) {
            at.brackets();
        } else {
            at.expect("FROM");
            at.brackets();
            at.expect("TO");
            at.brackets();
        }
    }

    private void options() {
        while (true) {
            if (at.take("INHERITS") || at.take("WITH")) {
                at.brackets();
            } else if (at.take("PARTITION", "BY")) {
                at.identifier();
                at.brackets();
            } else if (at.take("USING") || at.take("TABLESPACE")) {
                at.identifier();
            } else if (at.take("ON", "COMMIT")) {
                if (!at.take("DROP") && !at.take("PRESERVE", "ROWS") && !at.take("DELETE", "ROWS")) {
                    throw at.stuck();
                }
            } else if (!at.take("WITHOUT", "OIDS")) {
                return;
            }
        }
    }
}
