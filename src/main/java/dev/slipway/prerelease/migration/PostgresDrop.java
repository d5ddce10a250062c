package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;

/** Reads PostgreSQL's DROP …, from behind that word. */
final class PostgresDrop {

    private final Cursor at;
    private final Surroundings around;

    PostgresDrop(Cursor at, Surroundings around) {
        this.at = at;
        this.around = around;
    }

    List<Hit> read() {
        around.changedSchema();
        if (at.take("FOREIGN", "TABLE")) {
            return each("drop-view", "FOREIGN TABLE");
        }
        if (at.take("TABLE")) {
            return each("drop-table", "TABLE");
        }
        if (at.take("INDEX")) {
            return index();
        }
        if (at.take("DATABASE")) {
            return each("drop-database", "DATABASE");
        }
        if (at.take("SCHEMA")) {
            return each("drop-schema", "SCHEMA");
        }
        if (at.take("MATERIALIZED", "VIEW")) {
            return each("drop-view", "MATERIALIZED VIEW");
        }
        if (at.take("VIEW")) {
            return each("drop-view", "VIEW");
        }
        if (at.take("TYPE")) {
            return each("drop-type", "TYPE");
        }
        if (at.take("DOMAIN")) {
            return each("drop-type", "DOMAIN");
        }
        if (at.take("SEQUENCE")) {
            return each("drop-sequence", "SEQUENCE");
        }
        if (at.take("OWNED")) {
            at.rest();
            return List.of(Hit.of("drop-schema", "name", "everything of a role", "kind", "OWNED"));
        }
        var trigger = at.takeAny("TRIGGER", "POLICY", "RULE");
        if (trigger != null) {
            return onTable(trigger);
        }
        var routine = at.takeAny("FUNCTION", "PROCEDURE", "ROUTINE", "AGGREGATE");
        if (routine != null) {
            return routine(routine);
        }
        var kind = Cursor.upper(at.any());
        at.rest();
        return List.of(Hit.of("drop-object", "kind", kind, "name", ""));
    }

    private List<Hit> each(String rule, String kind) {
        at.take("IF", "EXISTS");
        var hits = new ArrayList<Hit>();
        for (var name : at.names()) {
            if (rule.equals("drop-table") && around.isNew(name)) {
                around.droppedTable(name);
            } else if (around.isMadeInFile(name) && kind.endsWith("VIEW")) {
                hits.add(Hit.of("replace-object", "kind", kind, "name", name));
            } else {
                hits.add(Hit.of(rule, "kind", kind, "name", name, "table", name));
            }
        }
        at.takeAny("CASCADE", "RESTRICT");
        if (kind.equals("DATABASE")) {
            at.take("WITH");
            if (at.seesSign("(")) {
                at.brackets();
            }
        }
        at.expectEnd();
        return hits;
    }

    private List<Hit> index() {
        var concurrently = at.take("CONCURRENTLY");
        at.take("IF", "EXISTS");
        var names = at.names();
        at.takeAny("CASCADE", "RESTRICT");
        at.expectEnd();
        if (concurrently) {
            return around.inTransaction()
                    ? List.of(Hit.of("concurrently-in-transaction", "what", "DROP INDEX"))
                    : List.of();
        }
        return names.stream().map(name -> Hit.of("drop-index", "name", name)).toList();
    }

    private List<Hit> onTable(String kind) {
        at.take("IF", "EXISTS");
        var name = at.name();
        at.expect("ON");
        var table = at.name();
        at.takeAny("CASCADE", "RESTRICT");
        at.expectEnd();
        if (around.isNew(table)) {
            return List.of();
        }
        return List.of(Hit.of("drop-trigger", "kind", kind, "name", name, "table", table));
    }

    private List<Hit> routine(String kind) {
        at.take("IF", "EXISTS");
        var name = at.name();
        at.rest();
        var rule = around.isMadeInFile(name) ? "replace-object" : "drop-routine";
        return List.of(Hit.of(rule, "kind", kind, "name", name));
    }
}
