package dev.slipway.prerelease.migration;

import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Lexer;
import org.antlr.v4.runtime.Parser;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.shardingsphere.sql.parser.autogen.MySQLStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.MySQLStatementParser;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementLexer;
import org.apache.shardingsphere.sql.parser.autogen.PostgreSQLStatementParser;

/**
 * Whether a text is a statement of the dialect, by the grammars of Apache ShardingSphere. Only their generated parsers
 * are used: they need nothing but ANTLR's runtime.
 */
final class Grammar {

    /** Characters; a longer statement is not parsed, since time grows with it. */
    static final int LONGEST = 200_000;

    /** Brackets inside brackets; deeper ones take the parser seconds or its stack. */
    static final int DEEPEST = 60;

    private final Dialect dialect;

    Grammar(Dialect dialect) {
        this.dialect = dialect;
    }

    /** @return what is wrong; empty where it is a statement */
    Optional<String> complaint(Statement statement) {
        if (statement.text().length() > LONGEST) {
            return Optional.of("it is longer than " + LONGEST + " characters");
        }
        if (depth(statement) > DEEPEST) {
            return Optional.of("it is nested deeper than " + DEEPEST + " brackets");
        }
        return complaint(GrammarGaps.closed(statement, dialect));
    }

    private Optional<String> complaint(String sql) {
        try {
            parse(sql, PredictionMode.SLL);
            return Optional.empty();
        } catch (ParseCancellationException e) {
            // The quick way may refuse what is right: ask again, the thorough way.
            return thoroughly(sql);
        } catch (RecognitionException e) {
            return Optional.of("it is no statement of " + dialect.word());
        } catch (StackOverflowError e) {
            return Optional.of("it is nested too deeply");
        }
    }

    private Optional<String> thoroughly(String sql) {
        try {
            parse(sql, PredictionMode.LL);
            return Optional.empty();
        } catch (ParseCancellationException | RecognitionException e) {
            return Optional.of("it is no statement of " + dialect.word());
        } catch (StackOverflowError e) {
            return Optional.of("it is nested too deeply");
        }
    }

    private void parse(String sql, PredictionMode mode) {
        if (dialect.isMysql()) {
            var parser = new MySQLStatementParser(tokens(new MySQLStatementLexer(CharStreams.fromString(sql))));
            quiet(parser, mode);
            parser.execute();
        } else {
            var parser =
                    new PostgreSQLStatementParser(tokens(new PostgreSQLStatementLexer(CharStreams.fromString(sql))));
            quiet(parser, mode);
            parser.execute();
        }
    }

    private static CommonTokenStream tokens(Lexer lexer) {
        lexer.removeErrorListeners();
        return new CommonTokenStream(lexer);
    }

    private static void quiet(Parser parser, PredictionMode mode) {
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        parser.getInterpreter().setPredictionMode(mode);
        parser.setBuildParseTree(false);
    }

    private static int depth(Statement statement) {
        var depth = 0;
        var deepest = 0;
        for (var token : statement.tokens()) {
            if (token.isSign("(")) {
                depth++;
                deepest = Math.max(deepest, depth);
            } else if (token.isSign(")")) {
                depth--;
            }
        }
        return deepest;
    }
}
