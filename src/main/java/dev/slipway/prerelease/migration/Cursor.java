package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a statement's tokens from left to right. What it does not expect it refuses ({@link NotUnderstood}). */
final class Cursor {

    private final String text;
    private final int offset;
    private final List<Token> tokens;
    private final boolean mysql;
    private int at;

    Cursor(Statement statement, Dialect dialect) {
        this.text = statement.text();
        this.tokens = statement.tokens();
        this.offset = tokens.get(0).start();
        this.mysql = dialect.isMysql();
    }

    boolean atEnd() {
        return at >= tokens.size();
    }

    int position() {
        return at;
    }

    void back(int position) {
        at = position;
    }

    Token peek() {
        return peek(0);
    }

    /** @return a token that is nothing where the statement ends before */
    Token peek(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : new Token(Kind.SIGN, "", 0, 0, 0);
    }

    boolean sees(String... words) {
        for (var i = 0; i < words.length; i++) {
            if (!peek(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean seesAny(String... words) {
        for (var word : words) {
            if (peek().is(word)) {
                return true;
            }
        }
        return false;
    }

    boolean seesSign(String sign) {
        return peek().isSign(sign);
    }

    /** Takes all the words or none. */
    boolean take(String... words) {
        if (!sees(words)) {
            return false;
        }
        at += words.length;
        return true;
    }

    /** @return the word that is taken, in upper case; null where there is none of them */
    String takeAny(String... words) {
        for (var word : words) {
            if (take(word)) {
                return word;
            }
        }
        return null;
    }

    boolean takeSign(String sign) {
        if (!seesSign(sign)) {
            return false;
        }
        at++;
        return true;
    }

    void expect(String... words) {
        if (!take(words)) {
            throw stuck();
        }
    }

    void expectSign(String sign) {
        if (!takeSign(sign)) {
            throw stuck();
        }
    }

    void expectEnd() {
        if (!atEnd()) {
            throw stuck();
        }
    }

    Token any() {
        if (atEnd()) {
            throw stuck();
        }
        return tokens.get(at++);
    }

    NotUnderstood stuck() {
        return new NotUnderstood(
                atEnd() ? "it ends too early" : "no rule knows what \"" + peek().text() + "\" does here");
    }

    /** @return one identifier, as the server would keep it */
    String identifier() {
        var token = peek();
        if (!token.isName()) {
            throw stuck();
        }
        at++;
        return token.kind() == Kind.WORD ? token.text().toLowerCase(Locale.ROOT) : mysql ? lower(token) : token.text();
    }

    private static String lower(Token token) {
        return token.text().toLowerCase(Locale.ROOT);
    }

    /** @return a name with the schemas before it, as written: {@code public.users} */
    Name name() {
        var start = peek();
        var parts = new ArrayList<String>();
        parts.add(identifier());
        while (takeSign(".")) {
            parts.add(identifier());
        }
        var end = tokens.get(at - 1);
        return new Name(text.substring(start.start() - offset, end.end() - offset), String.join(".", parts));
    }

    List<Name> names() {
        var names = new ArrayList<Name>();
        do {
            names.add(name());
        } while (takeSign(","));
        return names;
    }

    String string() {
        var token = any();
        if (token.kind() != Kind.STRING) {
            at--;
            throw stuck();
        }
        return token.text();
    }

    /** @return the tokens between the bracket here and the one that closes it */
    List<Token> brackets() {
        expectSign("(");
        var start = at;
        var depth = 1;
        while (depth > 0) {
            var token = any();
            if (token.isSign("(")) {
                depth++;
            } else if (token.isSign(")")) {
                depth--;
            }
        }
        return tokens.subList(start, at - 1);
    }

    /** Tokens up to a comma, a closing bracket, one of the words, or the end; never none. */
    List<Token> expression(Set<String> stops) {
        var start = at;
        while (!atEnd()) {
            var token = peek();
            if (token.isSign("(") || token.isSign("[")) {
                balanced();
                continue;
            }
            var operandBefore = at > start && !endsWithOperator(tokens.get(at - 1));
            if (token.isSign(",")
                    || token.isSign(")")
                    || token.isSign("]")
                    || (operandBefore && token.kind() == Kind.WORD && stops.contains(upper(token)))) {
                break;
            }
            at++;
        }
        if (at == start) {
            throw stuck();
        }
        return tokens.subList(start, at);
    }

    private static boolean endsWithOperator(Token token) {
        return token.kind() == Kind.SIGN && !Set.of(")", "]").contains(token.text());
    }

    private void balanced() {
        var depth = 0;
        do {
            var token = any();
            if (token.isSign("(") || token.isSign("[")) {
                depth++;
            } else if (token.isSign(")") || token.isSign("]")) {
                depth--;
            }
        } while (depth > 0);
    }

    List<Token> rest() {
        var rest = tokens.subList(at, tokens.size());
        at = tokens.size();
        return rest;
    }

    /** @return the text of the tokens from a position to here */
    String textSince(int position) {
        return position >= at
                ? ""
                : text.substring(
                        tokens.get(position).start() - offset,
                        tokens.get(at - 1).end() - offset);
    }

    static String upper(Token token) {
        return token.text().toUpperCase(Locale.ROOT);
    }
}
