package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads PostgreSQL's statements but for ALTER TABLE, CREATE TABLE, CREATE and DROP, which have readers of their own. */
final class PostgresReader implements StatementReader {

    private static final Set<String> SHORT_LOCKS = Set.of("ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE");

    private final ServerVersion version;

    PostgresReader(ServerVersion version) {
        this.version = version;
    }

    @Override
    public List<Hit> read(Cursor at, Surroundings around) {
        if (DataReader.reads(at) && !at.sees("TABLE")) {
            return new DataReader(at, around, Dialect.POSTGRESQL).read();
        }
        if (at.take("ALTER")) {
            return new PostgresAlter(at, around, version).read();
        }
        if (at.take("CREATE")) {
            return new PostgresCreate(at, around).read();
        }
        if (at.take("DROP")) {
            return new PostgresDrop(at, around).read();
        }
        var head = Cursor.upper(at.any());
        return switch (head) {
            case "BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE" ->
                transaction(head, at, around);
            case "SET", "RESET" -> set(at, around);
            case "TRUNCATE" -> truncate(at, around);
            case "LOCK" -> lock(at, around);
            case "REINDEX" -> reindex(at, around);
            case "REFRESH" -> refresh(at);
            case "VACUUM" -> vacuum(at, around);
            case "CLUSTER", "REPACK" -> rewrite(at, "cluster");
            case "COPY" -> copy(at);
            case "DO", "CALL", "EXECUTE" -> unread(at, head);
            case "REVOKE" -> rest(at, Hit.of("revoke"));
            case "REASSIGN" -> rest(at, Hit.of("owner-change", "table", "everything of a role"));
            case "IMPORT", "SECURITY", "LOAD" -> rest(at, Hit.of("other-change", "what", head));
            case "COMMENT",
                    "GRANT",
                    "ANALYZE",
                    "ANALYSE",
                    "NOTIFY",
                    "LISTEN",
                    "UNLISTEN",
                    "DISCARD",
                    "SHOW",
                    "CHECKPOINT",
                    "DEALLOCATE",
                    "PREPARE",
                    "CLOSE",
                    "FETCH",
                    "MOVE" -> safe(at);
            case "EXPLAIN" -> rest(at, Hit.of("runs-unread-code", "what", "EXPLAIN"));
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

    private static List<Hit> transaction(String head, Cursor at, Surroundings around) {
        var words = at.rest();
        var toSavepoint = words.stream().anyMatch(word -> word.is("TO") || word.is("PREPARED"));
        if (head.equals("BEGIN") || head.equals("START")) {
            var nested = around.leftOpen();
            around.begin();
            return nested ? List.of(Hit.of("transaction-in-transaction")) : List.of();
        }
        if (!head.equals("SAVEPOINT") && !head.equals("RELEASE") && !toSavepoint) {
            around.end();
        }
        return List.of();
    }

    private static List<Hit> set(Cursor at, Surroundings around) {
        at.takeAny("LOCAL", "SESSION");
        var setting = at.peek();
        var words = at.rest();
        if (setting.is("lock_timeout") && !words.isEmpty()) {
            var value = words.get(words.size() - 1).text().replace("'", "");
            around.setLockTimeout(!value.equals("0") && !value.equalsIgnoreCase("DEFAULT"));
        }
        return List.of();
    }

    private static List<Hit> truncate(Cursor at, Surroundings around) {
        at.take("TABLE");
        var hits = new ArrayList<Hit>();
        do {
            at.take("ONLY");
            var table = at.name();
            at.takeSign("*");
            if (!around.isNew(table)) {
                hits.add(Hit.of("truncate", "table", table));
            }
        } while (at.takeSign(","));
        at.takeAny("RESTART", "CONTINUE");
        at.take("IDENTITY");
        if (at.take("CASCADE") && hits.isEmpty()) {
            hits.add(Hit.of("truncate", "table", "what refers to it"));
        }
        at.take("RESTRICT");
        at.expectEnd();
        return hits;
    }

    private static List<Hit> lock(Cursor at, Surroundings around) {
        at.take("TABLE");
        at.take("ONLY");
        var tables = at.names();
        var mode = "ACCESS EXCLUSIVE";
        if (at.take("IN")) {
            var words = new ArrayList<String>();
            while (!at.sees("MODE")) {
                words.add(Cursor.upper(at.any()));
            }
            at.expect("MODE");
            mode = String.join(" ", words);
        }
        at.take("NOWAIT");
        at.expectEnd();
        if (tables.stream().allMatch(around::isNew)) {
            return List.of();
        }
        tables.forEach(around::locked);
        var rule = SHORT_LOCKS.contains(mode) ? "lock-table-weakly" : "lock-table";
        return List.of(Hit.of(rule, "table", tables.get(0), "mode", mode));
    }

    private static List<Hit> reindex(Cursor at, Surroundings around) {
        var options = at.seesSign("(") ? at.brackets() : List.<Token>of();
        var kind = at.takeAny("INDEX", "TABLE", "SCHEMA", "DATABASE", "SYSTEM");
        if (kind == null) {
            throw at.stuck();
        }
        var concurrently = at.take("CONCURRENTLY") || isOn(options, "CONCURRENTLY");
        var name = at.atEnd() ? "" : at.name().written();
        at.expectEnd();
        if (!concurrently) {
            return List.of(Hit.of("reindex", "kind", kind, "name", name));
        }
        return around.inTransaction() ? List.of(Hit.of("concurrently-in-transaction", "what", "REINDEX")) : List.of();
    }

    private static boolean isOn(List<Token> options, String option) {
        for (var i = 0; i < options.size(); i++) {
            if (options.get(i).is(option)) {
                var value = i + 1 < options.size() ? options.get(i + 1).text().toLowerCase(Locale.ROOT) : "";
                return !Set.of("false", "off", "0").contains(value);
            }
        }
        return false;
    }

    private static List<Hit> refresh(Cursor at) {
        at.expect("MATERIALIZED", "VIEW");
        var concurrently = at.take("CONCURRENTLY");
        var view = at.name();
        var noData = at.take("WITH", "NO", "DATA");
        at.take("WITH", "DATA");
        at.expectEnd();
        if (noData) {
            return List.of(Hit.of("refresh-without-data", "name", view));
        }
        return concurrently ? List.of() : List.of(Hit.of("refresh-materialized-view", "name", view));
    }

    private static List<Hit> vacuum(Cursor at, Surroundings around) {
        var full = at.seesSign("(") ? isOn(at.brackets(), "FULL") : at.take("FULL");
        var words = at.rest();
        var name = words.stream().filter(Token::isName).reduce((first, last) -> last);
        if (full) {
            return List.of(Hit.of("vacuum-full", "table", name.map(Token::text).orElse("every table")));
        }
        return around.inTransaction() ? List.of(Hit.of("concurrently-in-transaction", "what", "VACUUM")) : List.of();
    }

    private static List<Hit> rewrite(Cursor at, String rule) {
        var name = at.rest().stream().filter(Token::isName).findFirst();
        return List.of(Hit.of(rule, "table", name.map(Token::text).orElse("every clustered table")));
    }

    private static List<Hit> copy(Cursor at) {
        var query = at.seesSign("(");
        var words = at.rest();
        var from = !query && words.stream().anyMatch(word -> word.is("FROM"));
        return from ? List.of(Hit.of("bulk-load", "table", words.get(0).text())) : List.of();
    }

    private static List<Hit> unread(Cursor at, String head) {
        var words = at.rest();
        var name =
                head.equals("DO") || words.isEmpty() ? "" : " " + words.get(0).text();
        var literal = head.equals("DO") && words.stream().noneMatch(word -> word.kind() == Kind.STRING);
        if (literal) {
            throw new NotUnderstood("it has no body");
        }
        return List.of(Hit.of("runs-unread-code", "what", head + name));
    }
}
