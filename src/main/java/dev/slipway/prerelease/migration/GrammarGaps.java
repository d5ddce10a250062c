package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.List;
import java.util.Set;

/**
 * What the grammars do not know though the servers do. The words in question are left out or replaced, so that the
 * grammar judges all the rest; what they do is read by our own readers. Nothing else is let past the grammar.
 */
final class GrammarGaps {

    private static final Set<String> QUERY = Set.of("SELECT", "WITH", "VALUES");
    private static final Set<String> NOW = Set.of("LOCALTIME", "LOCALTIMESTAMP");

    /** Words that the grammar of PostgreSQL takes for its own everywhere, and the server for names. */
    private static final Set<String> NAMES = Set.of("DATE", "FORMAT", "LINE", "FINALIZE", "ASENSITIVE");

    /** Words that may name a column or table, but neither a function nor a type (PostgreSQL manual, appendix C). */
    private static final Set<String> NAMES_OF_COLUMNS = Set.of(
            "BETWEEN",
            "BIGINT",
            "BIT",
            "BOOLEAN",
            "CHAR",
            "CHARACTER",
            "COALESCE",
            "COMPRESSION",
            "DEC",
            "DECIMAL",
            "EXISTS",
            "EXTRACT",
            "FLOAT",
            "GREATEST",
            "GROUPING",
            "INOUT",
            "INT",
            "INTEGER",
            "LEAST",
            "NCHAR",
            "NONE",
            "NORMALIZE",
            "NULLIF",
            "NUMERIC",
            "OUT",
            "OVERLAY",
            "POSITION",
            "PRECISION",
            "REAL",
            "ROW",
            "SETOF",
            "SMALLINT",
            "SUBSTRING",
            "TREAT",
            "TRIM",
            "VALUES",
            "VARCHAR");

    private static final Set<String> BEFORE_A_NAME = Set.of("COLUMN", "TABLE", "TO", "ADD", "DROP", "ALTER", "RENAME");

    private static final Set<String> MERGE = Set.of("USING", "ON", "WHEN", "MATCHED", "THEN");

    private GrammarGaps() {}

    /** @return the statement, in words that the grammar knows */
    static String closed(Statement statement, Dialect dialect) {
        if (dialect.isMysql()) {
            return currentTimestamps(statement);
        }
        if (isAnonymousBlock(statement) || isMerge(statement) || isNewerAlter(statement)) {
            return "SELECT 1";
        }
        if (statement.begins("REINDEX")) {
            return withoutFirstBrackets(statement);
        }
        var table = statement.begins("CREATE") ? queryOfNewTable(statement) : statement.text();
        return table.equals(statement.text()) ? plain(statement) : table;
    }

    /** DO with a body and perhaps a language: never told as safe. */
    private static boolean isAnonymousBlock(Statement statement) {
        var tokens = statement.tokens();
        var literals =
                tokens.stream().filter(token -> token.kind() == Kind.STRING).count();
        var language = tokens.stream().anyMatch(token -> token.is("LANGUAGE"));
        return statement.begins("DO") && literals == 1 && tokens.size() == (language ? 4 : 2);
    }

    /** What PostgreSQL 17 brought, and what people wish for; never told as safe. */
    private static boolean isNewerAlter(Statement statement) {
        var tokens = statement.tokens();
        for (var i = 0; statement.begins("ALTER") && i + 1 < tokens.size(); i++) {
            var expression = tokens.get(i).is("SET") && tokens.get(i + 1).is("EXPRESSION");
            if (expression || (tokens.get(i).is("DROP") && tokens.get(i + 1).is("VALUE"))) {
                return true;
            }
        }
        return false;
    }

    /** MERGE with all its parts: never told as safe. */
    private static boolean isMerge(Statement statement) {
        var words = statement.tokens();
        return statement.begins("MERGE", "INTO")
                && MERGE.stream().allMatch(word -> words.stream().anyMatch(token -> token.is(word)));
    }

    /** What is between dollar signs is a literal to the server, whatever is in it; some words are names. */
    private static String plain(Statement statement) {
        var text = new StringBuilder(statement.text());
        var tokens = statement.tokens();
        for (var i = tokens.size() - 1; i >= 0; i--) {
            var token = tokens.get(i);
            var start = token.start() - tokens.get(0).start();
            var end = start + token.end() - token.start();
            if (token.kind() == Kind.STRING && token.text().startsWith("$")) {
                text.replace(start, end, "'body'");
            } else if (isMeantAsName(tokens, i)) {
                text.replace(start, end, '"' + token.text() + '"');
            }
        }
        return text.toString();
    }

    private static boolean isMeantAsName(List<Token> tokens, int at) {
        var token = tokens.get(at);
        if (token.kind() != Kind.WORD || at == 0) {
            return false;
        }
        var word = Cursor.upper(token);
        var opens = at + 1 < tokens.size() && tokens.get(at + 1).isSign("(");
        if (NAMES.contains(word)) {
            return true;
        }
        var before = tokens.get(at - 1);
        var follows = before.isSign("(")
                || before.isSign(",")
                || before.isSign(".")
                || (before.kind() == Kind.WORD && BEFORE_A_NAME.contains(Cursor.upper(before)));
        // IF EXISTS stands where a name could: DROP TABLE IF EXISTS is not concerned, since IF comes before.
        return NAMES_OF_COLUMNS.contains(word) && follows && !(opens && !before.is("TABLE"));
    }

    /** CREATE TABLE … AS query: PostgreSQL's grammar there lacks it, and knows the query. */
    private static String queryOfNewTable(Statement statement) {
        var tokens = statement.tokens();
        var table = false;
        for (var i = 1; i + 1 < tokens.size(); i++) {
            var token = tokens.get(i);
            table |= i < 4 && token.is("TABLE");
            var query = tokens.get(i + 1);
            if (table && token.is("AS") && query.kind() == Kind.WORD && QUERY.contains(Cursor.upper(query))) {
                return rest(statement, i + 1).replaceFirst("(?is)\\s+WITH\\s+(NO\\s+)?DATA\\s*$", "");
            }
        }
        return statement.text();
    }

    /** REINDEX (CONCURRENTLY FALSE) …: options with values. */
    private static String withoutFirstBrackets(Statement statement) {
        var tokens = statement.tokens();
        if (tokens.size() < 2 || !tokens.get(1).isSign("(")) {
            return statement.text();
        }
        for (var i = 2; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).isSign(")")) {
                return "REINDEX " + rest(statement, i + 1);
            }
        }
        return statement.text();
    }

    private static String rest(Statement statement, int from) {
        var tokens = statement.tokens();
        return statement
                .text()
                .substring(tokens.get(from).start() - tokens.get(0).start());
    }

    /** LOCALTIME, LOCALTIMESTAMP and, as a default, NOW() are other words for CURRENT_TIMESTAMP. */
    private static String currentTimestamps(Statement statement) {
        var text = new StringBuilder(statement.text());
        var tokens = statement.tokens();
        for (var i = tokens.size() - 1; i >= 0; i--) {
            var token = tokens.get(i);
            var defaultsToNow = token.is("NOW")
                    && i > 0
                    && (tokens.get(i - 1).is("DEFAULT") || tokens.get(i - 1).is("UPDATE"));
            if (token.kind() == Kind.WORD && (NOW.contains(Cursor.upper(token)) || defaultsToNow)) {
                var start = token.start() - tokens.get(0).start();
                text.replace(start, start + token.text().length(), "CURRENT_TIMESTAMP");
            }
        }
        return text.toString();
    }
}
