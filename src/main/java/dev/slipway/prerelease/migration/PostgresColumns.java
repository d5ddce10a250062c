package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Constraint.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads column definitions and table constraints as PostgreSQL's CREATE TABLE and ALTER TABLE have them. */
final class PostgresColumns {

    private static final Set<String> AFTER_DEFAULT = Set.of(
            "NOT",
            "NULL",
            "CONSTRAINT",
            "CHECK",
            "UNIQUE",
            "PRIMARY",
            "REFERENCES",
            "GENERATED",
            "DEFAULT",
            "COLLATE",
            "DEFERRABLE",
            "INITIALLY",
            "ENFORCED");

    private final Cursor at;

    PostgresColumns(Cursor at) {
        this.at = at;
    }

    boolean seesConstraint() {
        var next = at.peek(1);
        return at.seesAny("CONSTRAINT", "EXCLUDE")
                || (at.sees("CHECK") && next.isSign("("))
                || (at.sees("UNIQUE") && (next.isSign("(") || next.is("USING") || next.is("NULLS")))
                || at.sees("PRIMARY", "KEY")
                || at.sees("FOREIGN", "KEY")
                || at.sees("NOT", "NULL");
    }

    Column column() {
        var column = new Column(at.identifier());
        column.type = TypeReader.postgres(at);
        while (option(column)) {
            // Each option leaves its mark on the column.
        }
        return column;
    }

    private boolean option(Column column) {
        if (at.take("CONSTRAINT")) {
            column.constraintNames.add(at.identifier());
        } else if (at.take("NOT", "NULL")) {
            column.notNull = true;
            at.take("NO", "INHERIT");
        } else if (at.take("DEFAULT")) {
            column.defaultTokens = at.expression(AFTER_DEFAULT);
        } else if (at.take("CHECK")) {
            at.brackets();
            at.take("NO", "INHERIT");
            column.check = true;
        } else if (at.take("UNIQUE")) {
            column.unique = true;
            indexOptions();
        } else if (at.take("PRIMARY", "KEY")) {
            column.primaryKey = true;
            indexOptions();
        } else if (at.take("REFERENCES")) {
            column.references = references();
        } else if (at.take("GENERATED")) {
            generated(column);
        } else if (at.take("COLLATE")) {
            at.name();
        } else if (at.take("STORAGE") || at.take("COMPRESSION")) {
            at.any();
        } else {
            return at.take("NULL") || timing();
        }
        return true;
    }

    private void generated(Column column) {
        if (at.take("BY", "DEFAULT", "AS", "IDENTITY")) {
            column.identity = true;
        } else {
            at.expect("ALWAYS", "AS");
            if (at.take("IDENTITY")) {
                column.identity = true;
            } else {
                at.brackets();
                if (at.take("STORED")) {
                    column.storedGenerated = true;
                } else {
                    at.take("VIRTUAL");
                    column.virtualGenerated = true;
                }
                return;
            }
        }
        if (at.seesSign("(")) {
            at.brackets();
        }
    }

    Name references() {
        var table = at.name();
        if (at.seesSign("(")) {
            at.brackets();
        }
        while (true) {
            if (at.take("MATCH")) {
                at.any();
            } else if (at.take("ON")) {
                if (at.takeAny("DELETE", "UPDATE") == null) {
                    throw at.stuck();
                }
                action();
            } else {
                return table;
            }
        }
    }

    private void action() {
        if (at.take("NO", "ACTION") || at.takeAny("CASCADE", "RESTRICT") != null) {
            return;
        }
        at.expect("SET");
        if (at.takeAny("NULL", "DEFAULT") == null) {
            throw at.stuck();
        }
        if (at.seesSign("(")) {
            at.brackets();
        }
    }

    private boolean timing() {
        return at.take("DEFERRABLE")
                || at.take("NOT", "DEFERRABLE")
                || at.take("INITIALLY", "DEFERRED")
                || at.take("INITIALLY", "IMMEDIATE")
                || at.take("NOT", "ENFORCED")
                || at.take("ENFORCED")
                || at.take("NO", "INHERIT");
    }

    private void indexOptions() {
        while (true) {
            if (at.take("NULLS")) {
                at.take("NOT");
                at.expect("DISTINCT");
            } else if (at.take("INCLUDE") || at.take("WITH")) {
                at.brackets();
            } else if (at.take("USING", "INDEX", "TABLESPACE")) {
                at.name();
            } else {
                return;
            }
        }
    }

    Constraint constraint() {
        var name = at.take("CONSTRAINT") ? at.identifier() : "";
        var words = List.<Token>of();
        Name references = null;
        Name index = null;
        Kind kind;
        if (at.take("CHECK")) {
            kind = Kind.CHECK;
            words = at.brackets();
        } else if (at.take("FOREIGN", "KEY")) {
            kind = Kind.FOREIGN_KEY;
            words = at.brackets();
            at.expect("REFERENCES");
            references = references();
        } else if (at.take("EXCLUDE")) {
            kind = Kind.EXCLUDE;
            if (at.take("USING")) {
                at.identifier();
            }
            words = at.brackets();
            indexOptions();
            if (at.take("WHERE")) {
                at.brackets();
            }
        } else if (at.take("NOT", "NULL")) {
            kind = Kind.NOT_NULL;
            words = List.of(at.any());
        } else {
            kind = at.take("UNIQUE") ? Kind.UNIQUE : Kind.PRIMARY_KEY;
            if (kind == Kind.PRIMARY_KEY) {
                at.expect("PRIMARY", "KEY");
            }
            indexOptions();
            if (at.take("USING", "INDEX")) {
                index = at.name();
            } else {
                words = at.brackets();
            }
            indexOptions();
        }
        var notValid = false;
        while (true) {
            if (at.take("NOT", "VALID")) {
                notValid = true;
            } else if (!timing()) {
                return new Constraint(kind, name, words, references, index, notValid);
            }
        }
    }

    /** @return the name that PostgreSQL gives a constraint that has none */
    static String nameOf(Name table, Constraint constraint) {
        if (!constraint.name().isEmpty()) {
            return constraint.name();
        }
        var columns = new StringBuilder();
        constraint.words().stream()
                .filter(Token::isName)
                .forEach(word -> columns.append('_').append(word.text().toLowerCase(Locale.ROOT)));
        return switch (constraint.kind()) {
            case PRIMARY_KEY -> table.last() + "_pkey";
            case UNIQUE -> table.last() + columns + "_key";
            case FOREIGN_KEY -> table.last() + columns + "_fkey";
            case EXCLUDE -> table.last() + "_excl";
            case NOT_NULL -> table.last() + columns + "_not_null";
            case CHECK, INDEX -> table.last() + "_check";
        };
    }
}
