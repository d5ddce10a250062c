package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Constraint.Kind;
import java.util.List;
import java.util.Set;

/** Reads column definitions, indexes and table constraints as MySQL's CREATE TABLE and ALTER TABLE have them. */
final class MysqlColumns {

    private static final Set<String> AFTER_DEFAULT = Set.of(
            "NOT",
            "NULL",
            "ON",
            "COMMENT",
            "AUTO_INCREMENT",
            "UNIQUE",
            "PRIMARY",
            "KEY",
            "FIRST",
            "AFTER",
            "COLLATE",
            "CHECK",
            "CONSTRAINT",
            "REFERENCES",
            "INVISIBLE",
            "VISIBLE",
            "GENERATED",
            "AS",
            "COLUMN_FORMAT",
            "STORAGE",
            "CHARACTER",
            "CHARSET");

    private final Cursor at;

    MysqlColumns(Cursor at) {
        this.at = at;
    }

    /** @param placed whether FIRST and AFTER may follow */
    Column column(boolean placed) {
        var column = new Column(at.identifier());
        column.type = TypeReader.mysql(at);
        if (column.type.is("serial")) {
            column.autoIncrement = true;
            column.notNull = true;
        }
        while (option(column)) {
            // Each option leaves its mark on the column.
        }
        if (placed && at.take("FIRST")) {
            column.placed = true;
        } else if (placed && at.take("AFTER")) {
            at.identifier();
            column.placed = true;
        }
        return column;
    }

    private boolean option(Column column) {
        if (at.take("NOT", "NULL")) {
            column.notNull = true;
        } else if (at.take("DEFAULT")) {
            column.defaultTokens = at.expression(AFTER_DEFAULT);
        } else if (at.take("ON", "UPDATE")) {
            at.expression(AFTER_DEFAULT);
        } else if (at.take("AUTO_INCREMENT")) {
            column.autoIncrement = true;
        } else if (at.take("PRIMARY", "KEY") || (at.sees("KEY") && at.take("KEY"))) {
            column.primaryKey = true;
        } else if (at.take("UNIQUE")) {
            at.take("KEY");
            column.unique = true;
        } else if (at.take("COMMENT")) {
            at.string();
        } else if (at.take("COLLATE")
                || at.take("CHARACTER", "SET")
                || at.take("CHARSET")
                || at.take("COLUMN_FORMAT")
                || at.take("STORAGE")
                || at.take("SRID")) {
            at.any();
        } else if (at.sees("GENERATED") || at.sees("AS")) {
            generated(column);
        } else if (at.take("REFERENCES")) {
            column.references = references();
        } else if (at.take("CONSTRAINT")) {
            if (!at.sees("CHECK")) {
                at.identifier();
            }
        } else if (at.take("CHECK")) {
            at.brackets();
            column.check = !at.take("NOT", "ENFORCED");
            at.take("ENFORCED");
        } else {
            return at.take("NULL") || at.take("VISIBLE") || at.take("INVISIBLE");
        }
        return true;
    }

    private void generated(Column column) {
        at.take("GENERATED", "ALWAYS");
        at.expect("AS");
        at.brackets();
        column.storedGenerated = at.takeAny("STORED", "PERSISTENT") != null;
        column.virtualGenerated = !column.storedGenerated;
        at.take("VIRTUAL");
    }

    Name references() {
        var table = at.name();
        if (at.seesSign("(")) {
            at.brackets();
        }
        while (true) {
            if (at.take("MATCH")) {
                at.any();
            } else if (at.sees("ON", "DELETE") || at.sees("ON", "UPDATE")) {
                at.any();
                at.any();
                if (!at.take("NO", "ACTION")
                        && !at.take("SET", "NULL")
                        && !at.take("SET", "DEFAULT")
                        && at.takeAny("CASCADE", "RESTRICT") == null) {
                    throw at.stuck();
                }
            } else {
                return table;
            }
        }
    }

    boolean seesIndexOrConstraint() {
        if (at.seesAny("INDEX", "KEY", "FULLTEXT", "SPATIAL", "UNIQUE", "CONSTRAINT")) {
            return true;
        }
        return at.sees("PRIMARY", "KEY")
                || at.sees("FOREIGN", "KEY")
                || (at.sees("CHECK") && at.peek(1).isSign("("));
    }

    /** @return an index as {@link Kind#INDEX}, with FULLTEXT or SPATIAL as its name */
    Constraint indexOrConstraint() {
        var name = "";
        if (at.take("CONSTRAINT") && !at.seesAny("PRIMARY", "UNIQUE", "FOREIGN", "CHECK")) {
            name = at.identifier();
        }
        if (at.take("CHECK")) {
            var words = at.brackets();
            var enforced = !at.take("NOT", "ENFORCED");
            at.take("ENFORCED");
            return new Constraint(Kind.CHECK, name, words, null, null, !enforced);
        }
        if (at.take("FOREIGN", "KEY")) {
            if (!at.seesSign("(")) {
                name = at.identifier();
            }
            var words = at.brackets();
            at.expect("REFERENCES");
            return new Constraint(Kind.FOREIGN_KEY, name, words, references(), null, false);
        }
        if (at.take("PRIMARY", "KEY")) {
            // MySQL takes a name here, and forgets it.
            indexName();
            return new Constraint(Kind.PRIMARY_KEY, "primary", parts(), null, null, false);
        }
        if (at.take("UNIQUE")) {
            at.takeAny("INDEX", "KEY");
            var own = indexName();
            return new Constraint(Kind.UNIQUE, own.isEmpty() ? name : own, parts(), null, null, false);
        }
        var special = at.takeAny("FULLTEXT", "SPATIAL");
        if (at.takeAny("INDEX", "KEY") == null && special == null) {
            throw at.stuck();
        }
        var own = indexName();
        return new Constraint(Kind.INDEX, special == null ? own : special, parts(), null, null, false);
    }

    private String indexName() {
        return at.seesSign("(") || at.sees("USING") ? "" : at.identifier();
    }

    private List<Token> parts() {
        indexOptions();
        var words = at.brackets();
        indexOptions();
        return words;
    }

    void indexOptions() {
        while (true) {
            if (at.take("USING")) {
                if (at.takeAny("BTREE", "HASH", "RTREE") == null) {
                    throw at.stuck();
                }
            } else if (at.take("KEY_BLOCK_SIZE")) {
                at.takeSign("=");
                at.any();
            } else if (at.take("WITH", "PARSER")) {
                at.identifier();
            } else if (at.take("COMMENT")) {
                at.string();
            } else if (!at.take("VISIBLE") && !at.take("INVISIBLE")) {
                return;
            }
        }
    }
}
