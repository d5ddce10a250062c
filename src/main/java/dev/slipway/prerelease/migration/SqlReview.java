package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reviews SQL statement by statement. */
final class SqlReview {

    private static final Set<String> MADE_AGAIN =
            Set.of("VIEW", "FUNCTION", "PROCEDURE", "TRIGGER", "EVENT", "AGGREGATE");

    private final Dialect dialect;
    private final StatementReader reader;
    private final Grammar grammar;
    private final RuleBook book;

    SqlReview(Dialect dialect, ServerVersion version) {
        this.dialect = dialect;
        this.reader = dialect.isMysql() ? new MysqlReader(version) : new PostgresReader(version);
        this.grammar = new Grammar(dialect);
        this.book = RuleBook.of(dialect);
    }

    /** @return one entry for every statement of the piece */
    List<ReviewedStatement> review(String file, Piece piece, Surroundings around) {
        if (piece.unread() != null) {
            return List.of(unparsed(file, piece.line(), piece.shown(), piece.unread()));
        }
        var statements = StatementSplitter.split(piece.sql(), dialect);
        around.made(made(statements));
        var reviewed = new ArrayList<ReviewedStatement>();
        var begun = -1;
        for (var statement : statements) {
            var wasOpen = around.leftOpen();
            var line = piece.line() + statement.line() - 1;
            reviewed.add(
                    review(file, line, piece.shown() == null ? statement.text() : piece.shown(), statement, around));
            if (around.leftOpen() && !wasOpen) {
                begun = reviewed.size() - 1;
            }
        }
        if (around.leftOpen() && begun >= 0 && !dialect.isMysql()) {
            reviewed.set(begun, with(reviewed.get(begun), Hit.of("transaction-left-open")));
        }
        return reviewed;
    }

    private ReviewedStatement with(ReviewedStatement reviewed, Hit hit) {
        var findings = new ArrayList<>(reviewed.findings());
        findings.add(book.finding(hit));
        return ReviewedStatement.of(reviewed.file(), reviewed.line(), reviewed.statement(), findings);
    }

    private ReviewedStatement review(String file, int line, String shown, Statement statement, Surroundings around) {
        if (statement.client()) {
            return unparsed(file, line, shown, "it brings in what is not read here");
        }
        if (statement.isBroken()) {
            return unparsed(file, line, shown, "a quote or comment in it never ends");
        }
        try {
            var usesNewValue = around.usesNewEnumValue(statement) && !statement.begins("ALTER", "TYPE");
            var at = new Cursor(statement, dialect);
            var hits = new ArrayList<>(reader.read(at, around));
            var complaint = grammar.complaint(statement);
            if (complaint.isPresent()) {
                return unparsed(file, line, shown, complaint.get());
            }
            if (usesNewValue && !dialect.isMysql()) {
                hits.add(Hit.of("uses-new-enum-value"));
            }
            return ReviewedStatement.of(
                    file, line, shown, hits.stream().map(book::finding).toList());
        } catch (NotUnderstood e) {
            return unparsed(file, line, shown, e.getMessage());
        }
    }

    private ReviewedStatement unparsed(String file, int line, String shown, String what) {
        return ReviewedStatement.of(file, line, shown, List.of(book.finding(Hit.of("unparsed", "what", what))));
    }

    /** @return names of views and routines that the statements make, so that a DROP before them is no loss */
    private static Set<String> made(List<Statement> statements) {
        var names = new HashSet<String>();
        for (var statement : statements) {
            var tokens = statement.tokens();
            for (var i = 1; i + 1 < Math.min(tokens.size(), 12) && statement.begins("CREATE"); i++) {
                if (MADE_AGAIN.contains(Cursor.upper(tokens.get(i)))) {
                    names.add(name(tokens, i + 1));
                    break;
                }
            }
        }
        return names;
    }

    private static String name(List<Token> tokens, int from) {
        var at = from;
        while (at < tokens.size()
                && (tokens.get(at).is("IF")
                        || tokens.get(at).is("NOT")
                        || tokens.get(at).is("EXISTS"))) {
            at++;
        }
        while (at + 2 < tokens.size() && tokens.get(at + 1).isSign(".")) {
            at += 2;
        }
        return at < tokens.size() ? tokens.get(at).text().toLowerCase(Locale.ROOT) : "";
    }
}
