package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Constraint.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads what one ALTER TABLE of PostgreSQL does, action by action. Locks are those of the chapter "ALTER TABLE":
 * ACCESS EXCLUSIVE unless it says otherwise.
 */
final class PostgresAlterTable {

    private final Cursor at;
    private final Surroundings around;
    private final ServerVersion version;
    private final PostgresColumns columns;
    private final List<Hit> hits = new ArrayList<>();
    private Name table;
    private boolean onlyValidates = true;

    PostgresAlterTable(Cursor at, Surroundings around, ServerVersion version) {
        this.at = at;
        this.around = around;
        this.version = version;
        this.columns = new PostgresColumns(at);
    }

    /** @param foreign whether it is a foreign table or a view, where nothing is kept here */
    List<Hit> read(boolean foreign) {
        at.take("IF", "EXISTS");
        at.take("ONLY");
        table = at.name();
        at.takeSign("*");
        do {
            action();
        } while (at.takeSign(","));
        at.expectEnd();
        around.changedSchema();
        if (around.isNew(table)) {
            hits.clear();
            return hits;
        }
        if (!onlyValidates) {
            around.locked(table);
        }
        if (!foreign && !around.hasLockTimeout()) {
            hit("no-lock-timeout");
        }
        return hits;
    }

    private void hit(String rule, Object... words) {
        var all = new ArrayList<Object>(List.of("table", table));
        all.addAll(List.of(words));
        hits.add(Hit.of(rule, all.toArray()));
    }

    private void action() {
        onlyValidates &= at.sees("VALIDATE");
        if (at.take("ADD")) {
            add();
        } else if (at.take("DROP")) {
            drop();
        } else if (at.take("ALTER", "CONSTRAINT")) {
            hit("alter-constraint", "name", at.identifier());
            while (at.takeAny("NOT", "DEFERRABLE", "INITIALLY", "DEFERRED", "IMMEDIATE", "ENFORCED", "INHERIT", "NO")
                    != null) {
                // When it is checked, and no more.
            }
        } else if (at.take("ALTER")) {
            at.take("COLUMN");
            alterColumn(at.identifier());
        } else if (at.take("VALIDATE", "CONSTRAINT")) {
            validate(at.identifier());
        } else if (at.take("RENAME")) {
            rename();
        } else if (at.take("ATTACH", "PARTITION")) {
            attach();
        } else if (at.take("DETACH", "PARTITION")) {
            detach();
        } else if (at.take("SET")) {
            set();
        } else if (at.seesAny("ENABLE", "DISABLE", "FORCE", "NO")) {
            onOrOff();
        } else {
            other();
        }
    }

    private void other() {
        if (at.take("RESET")) {
            at.brackets();
        } else if (at.take("OWNER", "TO")) {
            at.identifier();
            hit("owner-change");
        } else if (at.take("INHERIT")) {
            at.name();
            hit("inheritance-change");
        } else if (at.take("CLUSTER", "ON")) {
            at.name();
        } else if (at.take("REPLICA", "IDENTITY")) {
            if (at.take("USING", "INDEX")) {
                at.name();
            } else if (at.takeAny("DEFAULT", "FULL", "NOTHING") == null) {
                throw at.stuck();
            }
        } else if (at.take("NOT", "OF")) {
            hit("inheritance-change");
        } else if (at.take("OF")) {
            at.name();
            hit("inheritance-change");
        } else {
            throw at.stuck();
        }
    }

    // ADD

    private void add() {
        if (columns.seesConstraint()) {
            addConstraint(columns.constraint());
            return;
        }
        at.take("COLUMN");
        at.take("IF", "NOT", "EXISTS");
        var start = at.position();
        addColumn(columns.column(), start);
    }

    private void addColumn(Column column, int start) {
        var written = at.textSince(start);
        around.madeColumn(table, column.name);
        around.type(table, column.name, column.type);
        var words = new Object[] {"column", column.name, "type", column.type, "definition", written};
        if (column.type.is("serial", "bigserial", "smallserial")) {
            hit("add-serial-column", words);
        } else if (column.identity) {
            hit("add-identity-column", words);
        } else if (column.storedGenerated) {
            hit("add-stored-generated-column", words);
        } else if (column.isRequired()) {
            hit("add-required-column", words);
        } else if (column.hasDefault() && !column.defaultsToNull()) {
            if (Volatility.isVolatile(column.defaultTokens)) {
                hit("add-column-volatile-default", words);
            } else if (!version.atLeast(11)) {
                hit("add-column-default-rewrites", words);
            }
        }
        if (column.primaryKey) {
            hit("add-primary-key", "columns", column.name, "name", table.last() + "_pkey");
        }
        if (column.unique) {
            hit("add-unique-constraint", "columns", column.name, "name", table.last() + "_" + column.name + "_key");
        }
        if (column.references != null) {
            hit(
                    "add-foreign-key",
                    "columns",
                    column.name,
                    "other",
                    column.references,
                    "name",
                    table.last() + "_" + column.name + "_fkey");
        }
        if (column.check) {
            hit("add-check-constraint", "name", table.last() + "_" + column.name + "_check");
        }
        hits.addAll(TypeAdvice.postgres(table, column));
    }

    private void addConstraint(Constraint constraint) {
        var name = PostgresColumns.nameOf(table, constraint);
        around.defined(table, name);
        around.addedCheck(table, name, constraint.notNullColumn(), !constraint.notValid());
        if (constraint.notValid()) {
            around.addedNotValid(table, name);
            return;
        }
        var words = new Object[] {"name", name, "columns", constraint.columns()};
        if (constraint.usingIndex() != null) {
            if (constraint.kind() == Kind.PRIMARY_KEY) {
                hit("primary-key-using-index", words);
            }
            return;
        }
        switch (constraint.kind()) {
            case CHECK -> hit("add-check-constraint", words);
            case NOT_NULL -> hit("set-not-null", "column", constraint.columns());
            case UNIQUE -> hit("add-unique-constraint", words);
            case PRIMARY_KEY -> hit("add-primary-key", words);
            case EXCLUDE -> hit("add-exclusion-constraint", words);
            case FOREIGN_KEY -> addForeignKey(constraint, name);
            case INDEX -> throw at.stuck();
        }
    }

    private void addForeignKey(Constraint constraint, String name) {
        hit("add-foreign-key", "name", name, "columns", constraint.columns(), "other", constraint.references());
    }

    // DROP, VALIDATE, RENAME

    private void drop() {
        if (at.take("CONSTRAINT")) {
            at.take("IF", "EXISTS");
            var name = at.identifier();
            at.takeAny("CASCADE", "RESTRICT");
            if (!around.wasValidated(table, name)) {
                hit("drop-constraint", "name", name);
            }
            return;
        }
        at.take("COLUMN");
        at.take("IF", "EXISTS");
        var column = at.identifier();
        at.takeAny("CASCADE", "RESTRICT");
        if (!around.isNewColumn(table, column)) {
            hit("drop-column", "column", column);
        }
    }

    private void validate(String name) {
        if (around.addedNotValidHere(table, name) && around.inTransaction()) {
            hit("validate-in-same-transaction", "name", name);
        } else if (around.isLockedHere(table) && around.inTransaction()) {
            hit("validate-under-lock", "name", name);
        }
        around.validated(table, name);
    }

    private void rename() {
        if (at.take("CONSTRAINT")) {
            at.identifier();
            at.expect("TO");
            at.identifier();
            return;
        }
        if (at.take("TO")) {
            hit("rename-table", "new", at.identifier());
            return;
        }
        at.take("COLUMN");
        var old = at.identifier();
        at.expect("TO");
        var now = at.identifier();
        if (!around.isNewColumn(table, old)) {
            hit("rename-column", "column", old, "new", now);
        } else {
            around.madeColumn(table, now);
        }
    }

    // ALTER COLUMN

    private void alterColumn(String column) {
        if (at.take("SET", "DATA", "TYPE") || at.take("TYPE")) {
            changeType(column);
        } else if (at.take("SET", "NOT", "NULL")) {
            setNotNull(column);
        } else if (at.take("DROP", "NOT", "NULL") || at.take("DROP", "DEFAULT")) {
            return;
        } else if (at.take("SET", "DEFAULT")) {
            at.expression(Set.of());
        } else if (at.take("DROP", "EXPRESSION")) {
            at.take("IF", "EXISTS");
            hit("drop-generation", "column", column);
        } else if (at.take("DROP", "IDENTITY")) {
            at.take("IF", "EXISTS");
            hit("drop-generation", "column", column);
        } else if (at.take("SET", "EXPRESSION", "AS")) {
            at.brackets();
            hit("set-expression", "column", column);
        } else if (at.take("ADD", "GENERATED")) {
            identity();
            hit("make-identity", "column", column);
        } else {
            setColumnOption(column);
        }
    }

    private void identity() {
        if (!at.take("ALWAYS") && !at.take("BY", "DEFAULT")) {
            throw at.stuck();
        }
        at.expect("AS", "IDENTITY");
        if (at.seesSign("(")) {
            at.brackets();
        }
    }

    private void setColumnOption(String column) {
        if (at.take("SET", "STATISTICS") || at.take("SET", "STORAGE") || at.take("SET", "COMPRESSION")) {
            at.takeSign("-");
            at.any();
        } else if (at.take("SET", "GENERATED")) {
            if (!at.take("ALWAYS") && !at.take("BY", "DEFAULT")) {
                throw at.stuck();
            }
            hit("make-identity", "column", column);
        } else if (at.take("RESTART")) {
            at.take("WITH");
            if (!at.atEnd()) {
                at.any();
            }
            hit("restart-sequence", "name", column);
        } else if ((at.take("SET") || at.take("RESET")) && at.seesSign("(")) {
            at.brackets();
        } else {
            throw at.stuck();
        }
    }

    private void changeType(String column) {
        var type = TypeReader.postgres(at);
        if (at.take("COLLATE")) {
            at.name();
        }
        var using = at.take("USING");
        if (using) {
            at.expression(Set.of());
        }
        var old = around.typeOf(table, column);
        around.type(table, column, type);
        if (around.isNewColumn(table, column)) {
            return;
        }
        var words = new Object[] {"column", column, "type", type, "old", old == null ? "its old type" : old};
        if (old == null) {
            var widest = !using && type.is("text", "varchar") && type.sizes().isEmpty() && !type.isArray();
            hit(widest ? "change-type-to-text" : "change-type", words);
        } else {
            switch (TypeChange.postgres(old, type, using)) {
                case FREE -> hit("change-type-free", words);
                case FREE_IN_UTC -> hit(version.atLeast(12) ? "change-type-in-utc" : "change-type", words);
                case REWRITES -> hit("change-type", words);
                case LOSES -> hit("change-type-loses", words);
            }
        }
    }

    private void setNotNull(String column) {
        if (!version.atLeast(12)) {
            hit("set-not-null-old-server", "column", column);
        } else if (around.isKnownNotNull(table, column)) {
            return;
        } else if (around.mayBeKnownNotNull(table)) {
            hit("set-not-null-if-checked", "column", column);
        } else {
            hit("set-not-null", "column", column);
        }
    }

    // Others

    private void attach() {
        var partition = at.name();
        if (!at.take("DEFAULT")) {
            PostgresCreateTable.bounds(at);
        }
        if (!around.isNew(partition)) {
            hit(version.atLeast(12) ? "attach-partition" : "attach-partition-old-server", "partition", partition);
        }
    }

    private void detach() {
        var partition = at.name();
        if (at.take("CONCURRENTLY")) {
            if (around.inTransaction()) {
                hit("concurrently-in-transaction", "what", "DETACH PARTITION");
            }
        } else if (!at.take("FINALIZE")) {
            hit("detach-partition", "partition", partition);
        }
    }

    private void set() {
        if (at.take("SCHEMA")) {
            hit("move-to-schema", "new", at.identifier());
        } else if (at.take("TABLESPACE")) {
            at.identifier();
            at.take("NOWAIT");
            hit("set-tablespace");
        } else if (at.takeAny("LOGGED", "UNLOGGED") != null) {
            hit("set-logged");
        } else if (at.take("ACCESS", "METHOD")) {
            at.identifier();
            hit("set-access-method");
        } else if (at.take("WITH", "OIDS")) {
            hit("set-access-method");
        } else if (!at.take("WITHOUT", "CLUSTER") && !at.take("WITHOUT", "OIDS")) {
            at.brackets();
        }
    }

    private void onOrOff() {
        if (at.take("NO", "INHERIT")) {
            at.name();
            hit("inheritance-change");
            return;
        }
        if (at.take("NO", "FORCE", "ROW", "LEVEL", "SECURITY") || at.take("FORCE", "ROW", "LEVEL", "SECURITY")) {
            hit("row-security");
            return;
        }
        var word = at.takeAny("ENABLE", "DISABLE");
        if (word == null) {
            throw at.stuck();
        }
        if (at.take("ROW", "LEVEL", "SECURITY")) {
            hit("row-security");
            return;
        }
        at.takeAny("REPLICA", "ALWAYS");
        if (at.takeAny("TRIGGER", "RULE") == null) {
            throw at.stuck();
        }
        hit(word.equals("ENABLE") ? "enable-trigger" : "disable-trigger", "name", at.identifier());
    }
}
