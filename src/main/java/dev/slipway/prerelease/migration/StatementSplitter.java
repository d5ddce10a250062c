package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a file into statements: at semicolons outside quotes, comments and bodies of routines, at what {@code DELIMITER}
 * says, and at the lines that psql reads itself.
 */
final class StatementSplitter {

    /** They bring in something that can't be read here; the others only set the client up. */
    private static final Set<String> BRINGS_IN =
            Set.of("i", "ir", "include", "include_relative", "copy", "!", "gexec", ".");

    private static final Set<String> ROUTINES = Set.of("PROCEDURE", "FUNCTION", "TRIGGER", "EVENT");
    private static final Set<String> NO_BLOCK_OF_ITS_OWN = Set.of("IF", "LOOP", "WHILE", "REPEAT");

    private final String text;
    private final Dialect dialect;
    private final Lexer lexer;
    private final List<Statement> statements = new ArrayList<>();
    private List<Token> tokens = new ArrayList<>();
    private String delimiter = ";";
    private int depth;
    private boolean blockEnds;

    private StatementSplitter(String text, Dialect dialect) {
        this.text = text;
        this.dialect = dialect;
        this.lexer = new Lexer(text, dialect);
    }

    static List<Statement> split(String text, Dialect dialect) {
        var splitter = new StatementSplitter(text, dialect);
        splitter.run();
        return splitter.statements;
    }

    private void run() {
        while (true) {
            if (!delimiter.equals(";") && lexer.skip(delimiter)) {
                end();
                continue;
            }
            var token = lexer.next();
            if (token == null) {
                break;
            }
            if (tokens.isEmpty() && isForTheClient(token)) {
                continue;
            }
            if (delimiter.equals(";") && token.isSign(";") && depth == 0) {
                end();
            } else if (token.isSign("\\") && !dialect.isMysql()) {
                // \g and its kin end a statement as a semicolon does.
                lexer.restOfLine();
                end();
            } else {
                tokens.add(token);
                follow(token);
            }
        }
        end();
    }

    private boolean isForTheClient(Token token) {
        if (token.isSign("\\")) {
            var rest = lexer.restOfLine();
            var word = rest.strip().split("\\s+", 2)[0];
            if (BRINGS_IN.contains(word)) {
                client(token, "\\" + rest.strip());
            }
            return true;
        }
        if (dialect.isMysql() && token.is("DELIMITER")) {
            var rest = lexer.restOfLine().strip();
            if (!rest.isEmpty()) {
                delimiter = rest.split("\\s+")[0];
            }
            return true;
        }
        if (dialect.isMysql() && token.is("SOURCE")) {
            client(token, token.text() + " " + lexer.restOfLine().strip());
            return true;
        }
        return false;
    }

    private void client(Token token, String words) {
        statements.add(new Statement(words, token.line(), List.of(token), true));
    }

    /** Keeps count of blocks, since the semicolons inside do not end the statement. */
    private void follow(Token token) {
        if (token.kind() == Kind.WORD && isRoutine()) {
            if (blockEnds && NO_BLOCK_OF_ITS_OWN.contains(upper(token))) {
                depth++;
            }
            blockEnds = false;
            if (opensBlock(token)) {
                depth++;
            } else if (token.is("END") && depth > 0) {
                depth--;
                blockEnds = true;
            }
            return;
        }
        blockEnds = false;
        if (isRule()) {
            if (token.isSign("(")) {
                depth++;
            } else if (token.isSign(")") && depth > 0) {
                depth--;
            }
        }
    }

    private boolean opensBlock(Token token) {
        if (token.is("CASE") && depth > 0) {
            return !previous().is("END");
        }
        if (dialect.isMysql()) {
            return token.is("BEGIN");
        }
        return token.is("ATOMIC") && previous().is("BEGIN");
    }

    private Token previous() {
        return tokens.get(Math.max(0, tokens.size() - 2));
    }

    private boolean isRoutine() {
        return tokens.get(0).is("CREATE")
                && tokens.subList(0, Math.min(tokens.size(), 10)).stream()
                        .anyMatch(token -> token.kind() == Kind.WORD && ROUTINES.contains(upper(token)));
    }

    private boolean isRule() {
        return !dialect.isMysql()
                && tokens.get(0).is("CREATE")
                && tokens.subList(0, Math.min(tokens.size(), 4)).stream().anyMatch(token -> token.is("RULE"));
    }

    private static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }

    private void end() {
        depth = 0;
        blockEnds = false;
        if (tokens.isEmpty()) {
            return;
        }
        var first = tokens.get(0);
        var last = tokens.get(tokens.size() - 1);
        var statement = new Statement(text.substring(first.start(), last.end()), first.line(), tokens, false);
        tokens = new ArrayList<>();
        statements.add(statement);
        if (copiesFromStandardInput(statement)) {
            lexer.skipCopyData();
        }
    }

    private boolean copiesFromStandardInput(Statement statement) {
        if (dialect.isMysql() || !statement.begins("COPY")) {
            return false;
        }
        var words = statement.tokens();
        for (var i = 1; i + 1 < words.size(); i++) {
            if (words.get(i).is("FROM") && words.get(i + 1).is("STDIN")) {
                return true;
            }
        }
        return false;
    }
}
