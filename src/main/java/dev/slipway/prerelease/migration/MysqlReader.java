package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads MySQL's statements. */
final class MysqlReader implements StatementReader {

    /** What turns the check of foreign keys on, or back to what it was. */
    private static final Set<String> CHECKED = Set.of("1", "ON", "OLD_FOREIGN_KEY_CHECKS", "DEFAULT");

    private final ServerVersion version;

    MysqlReader(ServerVersion version) {
        this.version = version;
    }

    @Override
    public List<Hit> read(Cursor at, Surroundings around) {
        if (DataReader.reads(at) && !at.sees("TABLE")) {
            return new DataReader(at, around, Dialect.MYSQL).read();
        }
        if (at.take("ALTER", "TABLE")) {
            return new MysqlAlterTable(at, around, version).read();
        }
        if (at.take("CREATE")) {
            return create(at, around);
        }
        if (at.take("DROP")) {
            return drop(at, around);
        }
        var head = Cursor.upper(at.any());
        return switch (head) {
            case "ALTER" -> alter(at, around);
            case "RENAME" -> rename(at, around);
            case "TRUNCATE" -> truncate(at, around);
            case "BEGIN", "START", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE" -> transaction(head, at, around);
            case "SET" -> set(at, around);
            case "USE" -> use(at, around);
            case "LOCK" -> lock(at, around);
            case "UNLOCK" -> safe(at);
            case "OPTIMIZE" -> optimize(at);
            case "REPAIR" -> rest(at, Hit.of("repair-table"));
            case "LOAD" -> rest(at, Hit.of("bulk-load", "table", "the table"));
            case "CALL", "EXECUTE", "DO", "HANDLER" ->
                rest(
                        at,
                        Hit.of(
                                "runs-unread-code",
                                "what",
                                head + " " + at.peek().text()));
            case "PREPARE" -> rest(at, Hit.of("runs-unread-code", "what", "PREPARE"));
            case "REVOKE" -> rest(at, Hit.of("revoke"));
            case "FLUSH", "RESET", "PURGE", "INSTALL", "UNINSTALL", "KILL", "CHANGE", "SHUTDOWN", "RESTART", "STOP" ->
                rest(at, Hit.of("other-change", "what", head));
            case "GRANT", "ANALYZE", "CHECK", "CHECKSUM", "SHOW", "DESCRIBE", "DESC", "EXPLAIN", "DEALLOCATE" ->
                safe(at);
            default -> throw new NotUnderstood("no rule knows " + head);
        };
    }

    private static List<Hit> safe(Cursor at) {
        at.rest();
        return List.of();
    }

    private static List<Hit> rest(Cursor at, Hit hit) {
        at.rest();
        return List.of(hit);
    }

    // CREATE, DROP, ALTER

    private List<Hit> create(Cursor at, Surroundings around) {
        at.take("OR", "REPLACE");
        var temporary = at.take("TEMPORARY");
        if (at.take("TABLE")) {
            return new MysqlCreateTable(at, around).read(temporary);
        }
        var kind = at.takeAny("UNIQUE", "FULLTEXT", "SPATIAL");
        if (at.take("INDEX")) {
            around.changedSchema();
            return index(kind == null ? "" : kind, at, around);
        }
        around.changedSchema();
        var words = at.rest();
        var trigger = words.stream().limit(8).anyMatch(word -> word.is("TRIGGER"));
        if (trigger) {
            return trigger(words, around);
        }
        var known = List.of(
                "VIEW",
                "FUNCTION",
                "PROCEDURE",
                "EVENT",
                "DATABASE",
                "SCHEMA",
                "USER",
                "ROLE",
                "TABLESPACE",
                "SERVER",
                "LOGFILE",
                "UNDO",
                "RESOURCE",
                "SPATIAL");
        if (words.stream().limit(12).noneMatch(word -> known.contains(Cursor.upper(word)))) {
            throw new NotUnderstood("no rule knows what it creates");
        }
        return words.stream().limit(8).anyMatch(word -> word.is("EVENT"))
                ? List.of(Hit.of("runs-unread-code", "what", "CREATE EVENT"))
                : List.of();
    }

    private static List<Hit> trigger(List<Token> words, Surroundings around) {
        for (var i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).is("ON")) {
                var table = words.get(i + 1).text();
                var isNew = around.isNew(new Name(table, table.toLowerCase(Locale.ROOT)));
                return isNew ? List.of() : List.of(Hit.of("create-trigger", "name", "it", "table", table));
            }
        }
        throw new NotUnderstood("its trigger is on no table");
    }

    private List<Hit> index(String kind, Cursor at, Surroundings around) {
        var name = at.identifier();
        var columns = new MysqlColumns(at);
        columns.indexOptions();
        at.expect("ON");
        var table = at.name();
        var start = at.position();
        at.brackets();
        var words = new Object[] {
            "name", name, "table", table, "columns", at.textSince(start), "unique", kind.isEmpty() ? "" : kind + " "
        };
        var online = new MysqlOnline();
        columns.indexOptions();
        while (online.take(at)) {
            columns.indexOptions();
        }
        at.expectEnd();
        if (around.isNew(table)) {
            return List.of();
        }
        var rule = switch (kind) {
            case "UNIQUE" -> "add-unique-index";
            case "" -> "create-index";
            default -> "create-special-index";
        };
        return online.apply(List.of(Hit.of(rule, words)), table);
    }

    private static List<Hit> drop(Cursor at, Surroundings around) {
        around.changedSchema();
        if (at.take("INDEX")) {
            var name = at.identifier();
            at.expect("ON");
            var table = at.name();
            var online = new MysqlOnline();
            while (online.take(at)) {
                // Both clauses may follow.
            }
            at.expectEnd();
            return around.isNew(table)
                    ? List.of()
                    : online.apply(List.of(Hit.of("drop-index", "name", name, "table", table)), table);
        }
        var temporary = at.take("TEMPORARY");
        var kind = Cursor.upper(at.any());
        at.take("IF", "EXISTS");
        switch (kind) {
            case "TABLE", "TABLES", "VIEW", "DATABASE", "SCHEMA" -> {
                var hits = new ArrayList<Hit>();
                for (var name : at.names()) {
                    var isTable = kind.startsWith("TABLE") || kind.equals("VIEW");
                    if (!temporary && !(isTable && around.isNew(name))) {
                        hits.add(dropped(kind, name, around));
                    }
                    around.droppedTable(name);
                }
                at.takeAny("CASCADE", "RESTRICT");
                at.expectEnd();
                return hits;
            }
            case "PROCEDURE", "FUNCTION", "EVENT", "TRIGGER" -> {
                var name = at.name();
                at.expectEnd();
                var rule = around.isMadeInFile(name) ? "replace-object" : "drop-routine";
                return List.of(Hit.of(rule, "kind", kind, "name", name));
            }
            case "PREPARE" -> {
                at.rest();
                return List.of();
            }
            default -> {
                at.rest();
                return List.of(Hit.of("drop-object", "kind", kind, "name", ""));
            }
        }
    }

    private static Hit dropped(String kind, Name name, Surroundings around) {
        var rule = switch (kind) {
            case "VIEW" -> around.isMadeInFile(name) ? "replace-object" : "drop-view";
            case "DATABASE", "SCHEMA" -> "drop-database";
            default -> "drop-table";
        };
        return Hit.of(rule, "kind", kind, "name", name, "table", name);
    }

    private static List<Hit> alter(Cursor at, Surroundings around) {
        around.changedSchema();
        var kind = Cursor.upper(at.any());
        at.rest();
        return List.of(Hit.of("other-change", "what", "ALTER " + kind));
    }

    private static List<Hit> rename(Cursor at, Surroundings around) {
        around.changedSchema();
        if (at.take("USER")) {
            return rest(at, Hit.of("other-change", "what", "RENAME USER"));
        }
        if (!at.take("TABLE")) {
            at.expect("TABLES");
        }
        var hits = new ArrayList<Hit>();
        do {
            var old = at.name();
            at.expect("TO");
            var now = at.name();
            if (around.isNew(old)) {
                around.droppedTable(old);
                around.madeTable(now);
            } else {
                hits.add(Hit.of("rename-table", "table", old, "new", now));
            }
        } while (at.takeSign(","));
        at.expectEnd();
        return hits;
    }

    // Others

    private static List<Hit> truncate(Cursor at, Surroundings around) {
        at.take("TABLE");
        var table = at.name();
        at.expectEnd();
        return around.isNew(table) ? List.of() : List.of(Hit.of("truncate", "table", table));
    }

    private static List<Hit> transaction(String head, Cursor at, Surroundings around) {
        var words = at.rest();
        if (head.equals("BEGIN") || head.equals("START")) {
            around.begin();
        } else if (!head.equals("SAVEPOINT")
                && !head.equals("RELEASE")
                && words.stream().noneMatch(word -> word.is("TO"))) {
            around.end();
        }
        return List.of();
    }

    private static List<Hit> set(Cursor at, Surroundings around) {
        var words = at.rest();
        var global = words.stream().anyMatch(MysqlReader::isGlobal);
        for (var i = 0; i + 2 < words.size(); i++) {
            if (words.get(i).is("foreign_key_checks")) {
                var value = Cursor.upper(words.get(i + 2)).replace("@", "");
                around.foreignKeysUnchecked(!CHECKED.contains(value));
            }
        }
        return global ? List.of(Hit.of("other-change", "what", "SET GLOBAL")) : List.of();
    }

    private static boolean isGlobal(Token word) {
        return word.is("GLOBAL") || word.is("PERSIST") || word.is("PERSIST_ONLY");
    }

    private static List<Hit> use(Cursor at, Surroundings around) {
        around.use(at.identifier());
        at.expectEnd();
        return List.of();
    }

    private static List<Hit> lock(Cursor at, Surroundings around) {
        if (at.take("INSTANCE")) {
            return rest(at, Hit.of("lock-table", "table", "every table", "mode", "BACKUP"));
        }
        var words = at.rest();
        var table = words.size() > 1 ? words.get(1).text() : "";
        var isNew = around.isNew(new Name(table, table.toLowerCase(Locale.ROOT)));
        return isNew ? List.of() : List.of(Hit.of("lock-table", "table", table, "mode", "LOCK TABLES"));
    }

    private static List<Hit> optimize(Cursor at) {
        at.takeAny("NO_WRITE_TO_BINLOG", "LOCAL");
        if (!at.take("TABLE")) {
            at.expect("TABLES");
        }
        return List.of(Hit.of("rebuilds-online", "table", at.names().get(0), "what", "OPTIMIZE TABLE"));
    }
}
