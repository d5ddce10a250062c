package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads what a statement does to rows. It looks at the clauses and not at what is inside them, so the grammar has to
 * accept the statement besides.
 */
final class DataReader {

    private static final Set<String> VERBS =
            Set.of("SELECT", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", "REPLACE");

    /** Functions that a query may call without anything being written or held. */
    private static final Set<String> HARMLESS = Set.of(
            "count",
            "sum",
            "min",
            "max",
            "avg",
            "bool_and",
            "bool_or",
            "every",
            "string_agg",
            "array_agg",
            "json_agg",
            "jsonb_agg",
            "jsonb_array_elements",
            "jsonb_each",
            "json_each",
            "json_array_elements",
            "row_number",
            "rank",
            "dense_rank",
            "lag",
            "lead",
            "first_value",
            "last_value",
            "generate_series",
            "unnest",
            "exists",
            "any",
            "all",
            "some",
            "in",
            "cast",
            "over",
            "filter",
            "values",
            "row",
            "array",
            "group_concat",
            "ifnull",
            "if",
            "isnull",
            "curdate",
            "curtime",
            "unix_timestamp",
            "from_unixtime",
            "date_add",
            "date_sub",
            "adddate",
            "subdate",
            "str_to_date",
            "date_format",
            "json_extract",
            "json_unquote",
            "json_contains",
            "json_valid",
            "char_length",
            "version",
            "pg_typeof",
            "pg_get_constraintdef",
            "pg_get_indexdef",
            "pg_relation_size",
            "pg_total_relation_size",
            "pg_size_pretty",
            "to_regclass",
            "set_config",
            "has_table_privilege",
            "array_length",
            "cardinality",
            "random",
            "rand",
            "uuid",
            "gen_random_uuid",
            "uuid_generate_v4",
            "clock_timestamp",
            "instr",
            "locate",
            "year",
            "month",
            "day",
            "hour",
            "minute",
            "second",
            "numeric",
            "varchar",
            "char",
            "decimal",
            "as",
            "and",
            "or",
            "not",
            "where",
            "on",
            "from",
            "join",
            "select",
            "union",
            "when",
            "then",
            "else",
            "by",
            "using",
            "having",
            "between",
            "like",
            "limit",
            "interval",
            "timestamp",
            "time",
            "distinct",
            "except",
            "intersect",
            "lateral",
            "returning",
            "set",
            "conflict",
            "duplicate",
            "key",
            "into",
            "is",
            "database",
            "schema",
            "sign",
            "concat",
            "regexp_matches",
            "strpos",
            "position",
            "overlay",
            "translate",
            "reverse",
            "ascii",
            "chr",
            "quote_ident",
            "quote_literal",
            "json_object",
            "json_array",
            "convert",
            "binary",
            "hex",
            "unhex",
            "inet_aton",
            "inet_ntoa",
            "crc32",
            "sha1",
            "sha2",
            "password",
            "case",
            "end",
            "with",
            "recursive",
            "materialized",
            "partition",
            "rollup",
            "cube",
            "sets",
            "ordinality",
            "tablesample",
            "bernoulli",
            "system",
            "range",
            "rows",
            "groups",
            "percentile_cont",
            "within",
            "group",
            "mode",
            "bit_and",
            "bit_or",
            "stddev",
            "variance",
            "corr",
            "ntile",
            "lower",
            "upper");

    private final Cursor at;
    private final Surroundings around;
    private final boolean mysql;
    private final List<Hit> hits = new ArrayList<>();

    DataReader(Cursor at, Surroundings around, Dialect dialect) {
        this.at = at;
        this.around = around;
        this.mysql = dialect.isMysql();
    }

    static boolean reads(Cursor at) {
        return at.seesSign("(")
                || at.sees("WITH")
                || (at.peek().kind() == Kind.WORD && VERBS.contains(Cursor.upper(at.peek())));
    }

    List<Hit> read() {
        var all = at.rest();
        inner(all);
        var verb = verb(all);
        if (verb < 0) {
            throw new NotUnderstood("no rule knows this statement");
        }
        statement(all.subList(verb, all.size()), all);
        return hits;
    }

    private void statement(List<Token> words, List<Token> all) {
        switch (Cursor.upper(words.get(0))) {
            case "UPDATE" -> update(words);
            case "DELETE" -> delete(words);
            case "INSERT" -> insert(words);
            case "MERGE" -> hits.add(Hit.of("merge-overwrites", "table", nameAfter(words, "INTO")));
            case "REPLACE" -> hits.add(Hit.of("replace-overwrites", "table", nameAfter(words, "INTO")));
            default -> select(all);
        }
    }

    /** Statements in the brackets of a WITH. */
    private void inner(List<Token> words) {
        if (!words.get(0).is("WITH")) {
            return;
        }
        for (var i = 0; i + 1 < words.size(); i++) {
            if (words.get(i).isSign("(") && words.get(i + 1).is("DELETE")) {
                hits.add(Hit.of("delete-rows", "table", nameAfter(words.subList(i + 1, words.size()), "FROM")));
            } else if (words.get(i).isSign("(") && words.get(i + 1).is("UPDATE")) {
                hits.add(Hit.of(
                        "update-rows",
                        "table",
                        words.get(Math.min(i + 2, words.size() - 1)).text()));
            }
        }
    }

    private static int verb(List<Token> words) {
        var depth = 0;
        for (var i = 0; i < words.size(); i++) {
            var token = words.get(i);
            if (token.isSign("(")) {
                if (i == 0) {
                    return 0;
                }
                depth++;
            } else if (token.isSign(")")) {
                depth--;
            } else if (depth == 0 && token.kind() == Kind.WORD && VERBS.contains(Cursor.upper(token))) {
                return i;
            }
        }
        return -1;
    }

    // UPDATE

    private void update(List<Token> words) {
        var set = top(words, 0, "SET");
        if (set < 0) {
            throw new NotUnderstood("it is an UPDATE that sets nothing");
        }
        var table = firstName(words, 1);
        if (table == null || around.isNew(table)) {
            return;
        }
        var where = top(words, set, "WHERE");
        var locked = around.isLockedHere(table);
        if (where >= 0 && !alwaysTrue(words.subList(where + 1, words.size()))) {
            hits.add(Hit.of(locked ? "backfill-under-lock" : "update-rows", "table", table));
        } else if (locked) {
            hits.add(Hit.of("backfill-under-lock", "table", table));
        } else {
            var end = where < 0 ? words.size() : where;
            var fills = assigned(words.subList(set + 1, end)).stream()
                    .allMatch(column -> around.isNewColumn(table, column));
            hits.add(Hit.of(fills ? "backfill-without-batches" : "update-without-where", "table", table));
        }
        mixed(table);
    }

    private static List<String> assigned(List<Token> words) {
        var columns = new ArrayList<String>();
        var depth = 0;
        var expectsColumn = true;
        for (var token : words) {
            if (token.isSign("(")) {
                depth++;
            } else if (token.isSign(")")) {
                depth--;
            } else if (depth == 0 && token.isSign(",")) {
                expectsColumn = true;
            } else if (expectsColumn
                    && token.kind() == Kind.SIGN
                    && token.text().startsWith("=")) {
                expectsColumn = false;
            } else if (expectsColumn && token.isName()) {
                columns.add(token.text().toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    /** Conditions that leave no row out, or look so. */
    private static boolean alwaysTrue(List<Token> condition) {
        if (condition.size() > 5) {
            return false;
        }
        var named = condition.stream()
                .anyMatch(token -> token.kind() == Kind.QUOTED
                        || (token.kind() == Kind.WORD
                                && !Set.of("TRUE", "FALSE", "NOT", "NULL", "IS").contains(Cursor.upper(token))));
        return !named;
    }

    // DELETE, INSERT, SELECT

    private void delete(List<Token> words) {
        var from = top(words, 0, "FROM");
        var table = firstName(words, from < 0 ? 1 : from + 1);
        if (table == null || around.isNew(table)) {
            return;
        }
        var where = top(words, 0, "WHERE");
        var some = where >= 0 && !alwaysTrue(words.subList(where + 1, words.size()));
        hits.add(Hit.of(some ? "delete-rows" : "delete-without-where", "table", table));
        mixed(table);
    }

    private void insert(List<Token> words) {
        var table = nameAfter(words, "INTO");
        var name = new Name(table, table.toLowerCase(Locale.ROOT));
        if (around.isNew(name)) {
            return;
        }
        var onConflict = top(words, 0, "CONFLICT");
        var overwrites = onConflict >= 0 && top(words, onConflict, "UPDATE") >= 0;
        if (overwrites || top(words, 0, "DUPLICATE") >= 0) {
            hits.add(Hit.of("upsert-overwrites", "table", table));
        }
        var select = top(words, 0, "SELECT");
        if (select >= 0 && top(words, select, "FROM") >= 0) {
            hits.add(Hit.of("insert-from-query", "table", table));
        }
        if (around.schemaChanged()) {
            hits.add(Hit.of("seed-rows-with-schema", "table", table));
        }
    }

    private void mixed(Name table) {
        if (around.schemaChanged()) {
            hits.add(Hit.of("schema-and-data", "table", table));
        }
    }

    private void select(List<Token> words) {
        var into = top(words, 0, "INTO");
        if (into >= 0 && mysql && words.size() > into + 1 && words.get(into + 1).is("OUTFILE")) {
            hits.add(Hit.of("runs-unread-code", "what", "SELECT … INTO OUTFILE"));
        }
        for (var lock = top(words, 0, "FOR"); lock >= 0; lock = top(words, lock + 1, "FOR")) {
            if (lock + 1 < words.size()
                    && (words.get(lock + 1).is("UPDATE")
                            || words.get(lock + 1).is("SHARE")
                            || words.get(lock + 1).is("NO"))) {
                hits.add(Hit.of("select-locks-rows"));
                break;
            }
        }
        for (var i = 0; i + 1 < words.size(); i++) {
            var token = words.get(i);
            if (token.isName() && words.get(i + 1).isSign("(") && !isHarmless(token, i, words)) {
                hits.add(Hit.of("runs-unread-code", "what", token.text() + "()"));
                return;
            }
        }
    }

    private static boolean isHarmless(Token token, int i, List<Token> words) {
        if (i > 0
                && (words.get(i - 1).is("INTO")
                        || words.get(i - 1).is("AS")
                        || words.get(i - 1).isSign("::"))) {
            return true;
        }
        var name = token.text().toLowerCase(Locale.ROOT);
        // A WITH may name its columns: WITH old (id) AS …
        var namesQuery =
                i > 0 && (words.get(i - 1).is("WITH") || words.get(i - 1).is("RECURSIVE"));
        return namesQuery || HARMLESS.contains(name) || Volatility.isOnce(name);
    }

    // Finding words

    private static int top(List<Token> words, int from, String word) {
        var depth = 0;
        for (var i = from; i < words.size(); i++) {
            var token = words.get(i);
            if (token.isSign("(")) {
                depth++;
            } else if (token.isSign(")")) {
                depth--;
            } else if (depth == 0 && token.is(word)) {
                return i;
            }
        }
        return -1;
    }

    private static Name firstName(List<Token> words, int from) {
        var modifiers = Set.of("ONLY", "LOW_PRIORITY", "IGNORE", "QUICK", "FROM");
        for (var i = from; i < words.size(); i++) {
            var token = words.get(i);
            if (token.isName() && !(token.kind() == Kind.WORD && modifiers.contains(Cursor.upper(token)))) {
                return nameAt(words, i);
            }
        }
        return null;
    }

    private static Name nameAt(List<Token> words, int at) {
        var written = new StringBuilder(words.get(at).text());
        for (var i = at + 1; i + 1 < words.size() && words.get(i).isSign("."); i += 2) {
            written.append('.').append(words.get(i + 1).text());
        }
        return new Name(written.toString(), written.toString().toLowerCase(Locale.ROOT));
    }

    private static String nameAfter(List<Token> words, String word) {
        var before = top(words, 0, word);
        var name = firstName(words, before < 0 ? 1 : before + 1);
        return name == null ? "the table" : name.written();
    }
}
