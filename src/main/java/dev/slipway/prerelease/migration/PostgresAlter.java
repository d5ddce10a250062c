package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads PostgreSQL's ALTER …, from behind that word. */
final class PostgresAlter {

    private final Cursor at;
    private final Surroundings around;
    private final ServerVersion version;
    private final List<Hit> hits = new ArrayList<>();

    PostgresAlter(Cursor at, Surroundings around, ServerVersion version) {
        this.at = at;
        this.around = around;
        this.version = version;
    }

    List<Hit> read() {
        if (at.take("TABLE", "ALL", "IN", "TABLESPACE")) {
            at.rest();
            return List.of(Hit.of("set-tablespace", "table", "every table of the tablespace"));
        }
        if (at.take("TABLE")) {
            return new PostgresAlterTable(at, around, version).read(false);
        }
        if (at.take("FOREIGN", "TABLE")) {
            return new PostgresAlterTable(at, around, version).read(true);
        }
        around.changedSchema();
        if (at.take("INDEX")) {
            index();
        } else if (at.take("TYPE")) {
            type();
        } else if (at.take("DOMAIN")) {
            domain();
        } else if (at.take("SEQUENCE")) {
            sequence();
        } else if (at.take("MATERIALIZED", "VIEW") || at.take("VIEW")) {
            named("view");
        } else if (at.take("SCHEMA")) {
            named("schema");
        } else if (at.take("DATABASE")) {
            named("database");
        } else if (at.takeAny("FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE") != null) {
            named("function");
        } else if (at.takeAny("ROLE", "USER", "GROUP") != null) {
            named("role");
        } else if (at.take("DEFAULT", "PRIVILEGES")) {
            privileges();
        } else if (at.take("POLICY")) {
            hits.add(Hit.of("row-security", "table", "its table"));
            at.rest();
        } else {
            hits.add(Hit.of("other-change", "what", "ALTER " + Cursor.upper(at.any())));
            at.rest();
        }
        at.expectEnd();
        return hits;
    }

    private void privileges() {
        var words = at.rest();
        if (words.stream().anyMatch(word -> word.is("REVOKE"))) {
            hits.add(Hit.of("revoke"));
        }
    }

    private void index() {
        if (at.take("ALL", "IN", "TABLESPACE")) {
            at.rest();
            hits.add(Hit.of("set-tablespace", "table", "every index of the tablespace"));
            return;
        }
        at.take("IF", "EXISTS");
        var name = at.name();
        if (at.take("RENAME", "TO")) {
            at.identifier();
        } else if (at.take("SET", "TABLESPACE")) {
            at.identifier();
            at.take("NOWAIT");
            hits.add(Hit.of("set-tablespace", "table", name));
        } else if (at.take("ATTACH", "PARTITION")) {
            at.name();
        } else {
            at.rest();
        }
    }

    private void type() {
        var name = at.name();
        if (at.take("ADD", "VALUE")) {
            at.take("IF", "NOT", "EXISTS");
            var value = at.string();
            var placed = at.takeAny("BEFORE", "AFTER") != null;
            if (placed) {
                at.string();
            }
            if (around.inTransaction() && !version.atLeast(12)) {
                hits.add(Hit.of("enum-value-in-transaction", "name", name, "value", value));
            }
            around.addedEnumValue(value);
        } else if (at.take("RENAME", "VALUE")) {
            var old = at.string();
            at.expect("TO");
            hits.add(Hit.of("rename-enum-value", "name", name, "value", old, "new", at.string()));
        } else if (at.take("DROP", "VALUE")) {
            hits.add(Hit.of("drop-enum-value", "name", name, "value", at.string()));
        } else if (at.take("RENAME", "TO") || at.take("SET", "SCHEMA")) {
            hits.add(Hit.of("rename-object", "kind", "TYPE", "name", name, "new", at.identifier()));
        } else if (at.take("OWNER", "TO")) {
            at.identifier();
            hits.add(Hit.of("owner-change", "table", name));
        } else {
            attributes(name);
        }
    }

    private void attributes(Name name) {
        do {
            if (at.take("ADD", "ATTRIBUTE")) {
                at.identifier();
                TypeReader.postgres(at);
                hits.add(Hit.of("change-attribute", "name", name));
            } else if (at.take("DROP", "ATTRIBUTE")) {
                at.take("IF", "EXISTS");
                hits.add(Hit.of("drop-attribute", "name", name, "column", at.identifier()));
            } else if (at.take("ALTER", "ATTRIBUTE")) {
                at.identifier();
                at.take("SET", "DATA");
                at.expect("TYPE");
                TypeReader.postgres(at);
                hits.add(Hit.of("change-attribute-type", "name", name));
            } else if (at.take("RENAME", "ATTRIBUTE")) {
                at.identifier();
                at.expect("TO");
                hits.add(Hit.of("rename-object", "kind", "TYPE", "name", name, "new", at.identifier()));
            } else {
                throw at.stuck();
            }
            at.takeAny("CASCADE", "RESTRICT");
        } while (at.takeSign(","));
    }

    private void domain() {
        var name = at.name();
        if (at.take("ADD")) {
            var constraint = new PostgresColumns(at).constraint();
            if (!constraint.notValid()) {
                hits.add(Hit.of("domain-constraint", "name", name));
            }
        } else if (at.take("SET", "NOT", "NULL")) {
            hits.add(Hit.of("domain-constraint", "name", name));
        } else if (at.take("RENAME", "CONSTRAINT")) {
            at.identifier();
            at.expect("TO");
            at.identifier();
        } else if (at.take("RENAME", "TO") || at.take("SET", "SCHEMA")) {
            hits.add(Hit.of("rename-object", "kind", "DOMAIN", "name", name, "new", at.identifier()));
        } else if (at.take("OWNER", "TO")) {
            at.identifier();
            hits.add(Hit.of("owner-change", "table", name));
        } else if (at.take("VALIDATE", "CONSTRAINT")) {
            at.identifier();
        } else if (at.take("SET", "DEFAULT")) {
            at.expression(Set.of());
        } else if (at.take("DROP", "CONSTRAINT")) {
            at.take("IF", "EXISTS");
            at.identifier();
            at.takeAny("CASCADE", "RESTRICT");
        } else if (!at.take("DROP", "DEFAULT") && !at.take("DROP", "NOT", "NULL")) {
            throw at.stuck();
        }
    }

    private void sequence() {
        at.take("IF", "EXISTS");
        var name = at.name();
        if (at.take("RENAME", "TO") || at.take("SET", "SCHEMA")) {
            hits.add(Hit.of("rename-object", "kind", "SEQUENCE", "name", name, "new", at.identifier()));
            return;
        }
        if (at.take("OWNER", "TO")) {
            at.identifier();
            hits.add(Hit.of("owner-change", "table", name));
            return;
        }
        var words = at.rest();
        if (words.stream().anyMatch(word -> word.is("RESTART"))) {
            hits.add(Hit.of("restart-sequence", "name", name, "table", name));
        }
    }

    /** Kinds where a rename matters and the other changes may. */
    private void named(String kind) {
        at.take("IF", "EXISTS");
        var name = at.name();
        if (at.seesSign("(")) {
            at.brackets();
        }
        if (at.take("RENAME", "TO") || at.take("SET", "SCHEMA")) {
            hits.add(Hit.of(
                    "rename-object", "kind", kind.toUpperCase(Locale.ROOT), "name", name, "new", at.identifier()));
        } else if (at.take("RENAME")) {
            at.rest();
            hits.add(Hit.of("rename-object", "kind", kind.toUpperCase(Locale.ROOT), "name", name, "new", "another"));
        } else if (at.take("OWNER", "TO")) {
            at.any();
            hits.add(Hit.of("owner-change", "table", name));
        } else {
            at.rest();
            hits.add(Hit.of("other-change", "what", "ALTER " + kind.toUpperCase(Locale.ROOT)));
        }
    }
}
