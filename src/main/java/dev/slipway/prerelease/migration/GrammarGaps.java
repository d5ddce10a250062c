package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.Set;

/**
 * What the grammars do not know though the servers do. The words in question are left out or replaced, so that the
 * grammar judges all the rest; what they do is read by our own readers. Nothing else is let past the grammar.
 */
final class GrammarGaps {

    private static final Set<String> QUERY = Set.of("SELECT", "WITH", "VALUES");
    private static final Set<String> NOW = Set.of("LOCALTIME", "LOCALTIMESTAMP");

    private GrammarGaps() {}

    /** @return the statement, in words that the grammar knows */
    static String closed(Statement statement, Dialect dialect) {
        if (dialect.isMysql()) {
            return currentTimestamps(statement);
        }
        if (statement.begins("CREATE")) {
            return queryOfNewTable(statement);
        }
        if (statement.begins("REINDEX")) {
            return withoutFirstBrackets(statement);
        }
        return statement.text();
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
