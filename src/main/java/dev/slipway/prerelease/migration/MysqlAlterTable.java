package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what one ALTER TABLE of MySQL does, action by action. How each runs is by the tables of "Online DDL
 * Operations" in the manual of 8.4, for InnoDB; versions by the notes there and "INSTANT" in 8.0.12 and 8.0.29.
 */
final class MysqlAlterTable {

    private static final Set<String> PARTITION_VERBS = Set.of(
            "COALESCE",
            "REORGANIZE",
            "EXCHANGE",
            "ANALYZE",
            "CHECK",
            "OPTIMIZE",
            "REBUILD",
            "REPAIR",
            "TRUNCATE",
            "DISCARD",
            "IMPORT");

    private final Cursor at;
    private final Surroundings around;
    private final ServerVersion version;
    private final MysqlColumns columns;
    private final MysqlOnline online = new MysqlOnline();
    private final List<Hit> hits = new ArrayList<>();
    private Name table;

    MysqlAlterTable(Cursor at, Surroundings around, ServerVersion version) {
        this.at = at;
        this.around = around;
        this.version = version;
        this.columns = new MysqlColumns(at);
    }

    List<Hit> read() {
        table = at.name();
        do {
            action();
        } while (at.takeSign(",") || MysqlTableOptions.sees(at) || at.sees("PARTITION", "BY"));
        at.expectEnd();
        around.changedSchema();
        if (around.isNew(table)) {
            return List.of();
        }
        around.locked(table);
        return online.apply(hits, table);
    }

    private void hit(String rule, Object... words) {
        var all = new ArrayList<Object>(List.of("table", table));
        all.addAll(List.of(words));
        hits.add(Hit.of(rule, all.toArray()));
    }

    private void action() {
        if (online.take(at) || partitions()) {
            return;
        }
        if (at.take("ADD")) {
            add();
        } else if (at.take("DROP")) {
            drop();
        } else if (at.take("MODIFY")) {
            at.take("COLUMN");
            modify(columns.column(true));
        } else if (at.take("CHANGE")) {
            at.take("COLUMN");
            var old = at.identifier();
            var column = columns.column(true);
            if (old.equals(column.name)) {
                modify(column);
            } else {
                hit("rename-column", "column", old, "new", column.name);
            }
        } else if (at.take("RENAME")) {
            rename();
        } else if (at.take("ALTER")) {
            alter();
        } else {
            other();
        }
    }

    private void other() {
        if (at.take("FORCE")) {
            hit("rebuilds-online", "what", "FORCE");
        } else if (at.take("CONVERT", "TO")) {
            if (!at.take("CHARACTER", "SET")) {
                at.expect("CHARSET");
            }
            at.any();
            if (at.take("COLLATE")) {
                at.any();
            }
            hit("convert-charset");
        } else if (at.take("ORDER", "BY")) {
            at.expression(Set.of());
            hit("copies-table", "what", "ORDER BY");
        } else if (at.take("DISABLE", "KEYS") || at.take("ENABLE", "KEYS")) {
            hit("other-change", "what", "KEYS");
        } else if (at.take("WITH", "VALIDATION") || at.take("WITHOUT", "VALIDATION")) {
            return;
        } else if (at.take("DISCARD", "TABLESPACE") || at.take("IMPORT", "TABLESPACE")) {
            hit("discard-tablespace");
        } else {
            var option = MysqlTableOptions.take(at);
            MysqlTableOptions.ruleOf(option).ifPresent(rule -> hit(rule, "what", option));
        }
    }

    // ADD

    private void add() {
        if (columns.seesIndexOrConstraint()) {
            addConstraint(columns.indexOrConstraint());
            return;
        }
        at.take("COLUMN");
        if (at.takeSign("(")) {
            do {
                if (columns.seesIndexOrConstraint()) {
                    addConstraint(columns.indexOrConstraint());
                } else {
                    addColumn(columns.column(false));
                }
            } while (at.takeSign(","));
            at.expectSign(")");
        } else {
            addColumn(columns.column(true));
        }
    }

    private void addColumn(Column column) {
        around.madeColumn(table, column.name);
        around.type(table, column.name, column.type);
        var words = new Object[] {"column", column.name, "type", column.type};
        if (column.autoIncrement) {
            hit("add-auto-increment-column", words);
        } else if (column.storedGenerated) {
            hit("add-stored-generated-column", words);
        } else if (column.isRequired()) {
            hit("add-required-column", words);
        } else if (Volatility.isExpression(column.defaultTokens)) {
            hit("add-column-expression-default", words);
        } else if (!column.virtualGenerated && !isInstant(column)) {
            hit("rebuilds-online", "what", "ADD COLUMN " + column.name);
        }
        if (column.primaryKey && !column.autoIncrement) {
            hit("add-primary-key", "columns", column.name);
        }
        if (column.unique && !column.autoIncrement) {
            hit("add-unique-index", "columns", "(" + column.name + ")", "name", column.name);
        }
        if (column.check) {
            hit("add-check-constraint", "name", column.name);
        }
        hits.addAll(TypeAdvice.mysql(table, column));
    }

    private boolean isInstant(Column column) {
        return column.placed ? version.atLeast(8, 0, 29) : version.atLeast(8, 0, 12);
    }

    private void addConstraint(Constraint constraint) {
        var words = new Object[] {
            "name",
            constraint.name().isEmpty() ? "an index" : constraint.name(),
            "columns",
            "(" + constraint.columns() + ")",
            "unique",
            ""
        };
        switch (constraint.kind()) {
            case INDEX -> hit(isSpecial(constraint) ? "create-special-index" : "create-index", words);
            case UNIQUE -> hit("add-unique-index", words);
            case PRIMARY_KEY -> hit("add-primary-key", words);
            case FOREIGN_KEY ->
                hit(
                        around.foreignKeysUnchecked() ? "add-foreign-key-unchecked" : "add-foreign-key",
                        "name",
                        constraint.name(),
                        "columns",
                        constraint.columns(),
                        "other",
                        constraint.references());
            case CHECK -> hit(constraint.notValid() ? "add-unenforced-check" : "add-check-constraint", words);
            case EXCLUDE, NOT_NULL -> throw at.stuck();
        }
    }

    private static boolean isSpecial(Constraint index) {
        return index.name().equals("FULLTEXT") || index.name().equals("SPATIAL");
    }

    // DROP, RENAME

    private void drop() {
        if (at.take("PRIMARY", "KEY")) {
            hit("drop-primary-key");
        } else if (at.take("FOREIGN", "KEY") || at.take("CHECK") || at.take("CONSTRAINT")) {
            hit("drop-constraint", "name", at.identifier());
        } else if (at.take("INDEX") || at.take("KEY")) {
            hit("drop-index", "name", at.identifier());
        } else if (at.take("PARTITION")) {
            hit("drop-partition", "name", at.names().get(0));
        } else {
            at.take("COLUMN");
            at.take("IF", "EXISTS");
            var column = at.identifier();
            at.takeAny("CASCADE", "RESTRICT");
            if (!around.isNewColumn(table, column)) {
                hit("drop-column", "column", column);
            }
        }
    }

    private void rename() {
        if (at.take("COLUMN")) {
            var old = at.identifier();
            at.expect("TO");
            hit("rename-column", "column", old, "new", at.identifier());
        } else if (at.take("INDEX") || at.take("KEY")) {
            at.identifier();
            at.expect("TO");
            at.identifier();
        } else {
            at.takeAny("TO", "AS");
            hit("rename-table", "new", at.name());
        }
    }

    // Columns that are there

    private void modify(Column column) {
        var old = around.typeOf(table, column.name);
        around.type(table, column.name, column.type);
        if (around.isNewColumn(table, column.name)) {
            return;
        }
        var words =
                new Object[] {"column", column.name, "type", column.type, "old", old == null ? "its old type" : old};
        if (column.autoIncrement && old == null) {
            hit("change-type", words);
            return;
        }
        if (old == null) {
            hit("change-type", words);
        } else {
            switch (TypeChange.mysql(old, column.type)) {
                case FREE, FREE_IN_UTC -> {
                    if (column.notNull) {
                        hit("set-not-null", words);
                    }
                }
                case REWRITES -> hit("change-type", words);
                case LOSES -> hit("change-type-loses", words);
            }
        }
    }

    private void alter() {
        if (at.take("INDEX")) {
            var name = at.identifier();
            if (at.take("INVISIBLE")) {
                hit("hide-index", "name", name);
            } else {
                at.expect("VISIBLE");
            }
            return;
        }
        if (at.take("CHECK") || at.take("CONSTRAINT")) {
            var name = at.identifier();
            if (at.take("NOT", "ENFORCED")) {
                hit("drop-constraint", "name", name);
            } else {
                at.expect("ENFORCED");
                hit("add-check-constraint", "name", name);
            }
            return;
        }
        at.take("COLUMN");
        at.identifier();
        if (at.take("SET", "DEFAULT")) {
            at.expression(Set.of());
        } else if (!at.take("DROP", "DEFAULT") && !at.take("SET", "VISIBLE") && !at.take("SET", "INVISIBLE")) {
            throw at.stuck();
        }
    }

    // Partitions

    private boolean partitions() {
        if (at.sees("ADD", "PARTITION")) {
            at.rest();
            hit("add-partition");
        } else if (at.take("REMOVE", "PARTITIONING") || at.sees("PARTITION", "BY")) {
            at.rest();
            hit("partition-rebuild");
        } else if (at.sees("TRUNCATE", "PARTITION")) {
            at.rest();
            hit("truncate");
        } else if (at.peek(1).is("PARTITION") && PARTITION_VERBS.contains(Cursor.upper(at.peek()))) {
            var harmless = at.seesAny("ANALYZE", "CHECK");
            at.rest();
            if (!harmless) {
                hit("partition-rebuild");
            }
        } else {
            return false;
        }
        return true;
    }
}
