package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Constraint.Kind;
import java.util.ArrayList;
import java.util.List;

/** Reads MySQL's CREATE TABLE, from behind the word TABLE. */
final class MysqlCreateTable {

    private final Cursor at;
    private final Surroundings around;
    private final MysqlColumns columns;
    private final List<Column> found = new ArrayList<>();
    private final List<Name> referenced = new ArrayList<>();

    MysqlCreateTable(Cursor at, Surroundings around) {
        this.at = at;
        this.around = around;
        this.columns = new MysqlColumns(at);
    }

    List<Hit> read(boolean temporary) {
        var mayBeThere = at.take("IF", "NOT", "EXISTS");
        var table = at.name();
        if (at.take("LIKE")) {
            at.name();
        } else if (at.seesSign("(") && at.peek(1).is("LIKE")) {
            at.brackets();
        } else {
            if (at.takeSign("(")) {
                items(table);
            }
            options();
        }
        at.expectEnd();
        around.madeTable(table);
        var hits = new ArrayList<Hit>();
        if (temporary) {
            return hits;
        }
        around.changedSchema();
        found.forEach(column -> hits.addAll(TypeAdvice.mysql(table, column)));
        referenced.stream()
                .filter(other -> !around.isNew(other))
                .forEach(other -> hits.add(Hit.of("new-table-references", "table", table, "other", other)));
        if (mayBeThere) {
            hits.add(Hit.of("maybe-there-already", "table", table));
        }
        return hits;
    }

    private void items(Name table) {
        do {
            if (columns.seesIndexOrConstraint()) {
                constraint(columns.indexOrConstraint());
            } else {
                var column = columns.column(false);
                found.add(column);
                around.type(table, column.name, column.type);
            }
        } while (at.takeSign(","));
        at.expectSign(")");
    }

    private void constraint(Constraint constraint) {
        if (constraint.kind() == Kind.FOREIGN_KEY) {
            referenced.add(constraint.references());
        }
        if (constraint.kind() == Kind.PRIMARY_KEY && constraint.words().size() == 1) {
            found.stream()
                    .filter(column -> column.name.equalsIgnoreCase(
                            constraint.words().get(0).text()))
                    .forEach(column -> column.primaryKey = true);
        }
    }

    private void options() {
        while (!at.atEnd()) {
            if (at.sees("PARTITION", "BY") || at.seesAny("AS", "SELECT", "IGNORE", "REPLACE", "WITH")) {
                at.rest();
                return;
            }
            MysqlTableOptions.take(at);
            at.takeSign(",");
        }
    }
}
