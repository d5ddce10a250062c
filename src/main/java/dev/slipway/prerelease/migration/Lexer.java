package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;

/**
 * Cuts SQL into tokens as the servers' own lexers do: PostgreSQL's dollar quotes, nested comments and {@code E''};
 * MySQL's backticks, {@code #} comments, backslashes, and comments that are code for a version. Linear in the text.
 */
final class Lexer {

    private static final String OPERATOR_SIGNS = "+-*/<>=~!@#%^&|?:";

    private final String text;
    private final boolean mysql;
    private int at;
    private int line = 1;
    private boolean inVersionedComment;

    Lexer(String text, Dialect dialect) {
        this.text = text;
        this.mysql = dialect.isMysql();
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    int position() {
        return at;
    }

    /** @return the next token; null at the end of the text */
    Token next() {
        var unfinished = skipBlank();
        if (unfinished != null) {
            return unfinished;
        }
        if (at >= text.length()) {
            return null;
        }
        var c = text.charAt(at);
        if (c == '\'' || (mysql && c == '"')) {
            return quoted(c, Kind.STRING, mysql);
        }
        if (c == '"' || (mysql && c == '`')) {
            return quoted(c, Kind.QUOTED, false);
        }
        if (!mysql && (c == 'e' || c == 'E') && peek(1) == '\'') {
            at++;
            return back(quoted('\'', Kind.STRING, true), 1);
        }
        if (isPrefixOfString(c)) {
            at++;
            return back(quoted('\'', Kind.STRING, mysql), 1);
        }
        if (!mysql && (c == 'u' || c == 'U') && peek(1) == '&' && (peek(2) == '\'' || peek(2) == '"')) {
            at += 2;
            return back(quoted(text.charAt(at), text.charAt(at) == '"' ? Kind.QUOTED : Kind.STRING, false), 2);
        }
        if (!mysql && c == '$') {
            var dollar = dollarQuoted();
            if (dollar != null) {
                return dollar;
            }
        }
        if (Character.isDigit(c) || (c == '.' && Character.isDigit(peek(1)))) {
            return number();
        }
        if (isWordStart(c)) {
            return word();
        }
        return sign(c);
    }

    /** Skips the lines behind COPY … FROM stdin, up to the one that ends them. */
    void skipCopyData() {
        skipLine();
        while (at < text.length()) {
            var end = lineEnd();
            var ends = text.substring(at, end).strip().equals("\\.");
            skipLine();
            if (ends) {
                return;
            }
        }
    }

    /** @return the rest of this line, which is skipped */
    String restOfLine() {
        var rest = text.substring(at, lineEnd());
        skipLine();
        return rest;
    }

    /** Whether the text goes on with it here; where it does, it is skipped. */
    boolean skip(String delimiter) {
        var unfinished = skipBlank();
        if (unfinished == null && text.startsWith(delimiter, at)) {
            at += delimiter.length();
            return true;
        }
        return false;
    }

    private int lineEnd() {
        var end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private void skipLine() {
        at = lineEnd();
        if (at < text.length()) {
            at++;
            line++;
        }
    }

    /** @return a broken token where a comment never ends, else null */
    private Token skipBlank() {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (Character.isWhitespace(c) || c == '\uFEFF') {
                at++;
            } else if (c == '-' && peek(1) == '-' && (!mysql || endsWord(peek(2)))) {
                at = lineEnd();
            } else if (mysql && c == '#') {
                at = lineEnd();
            } else if (mysql && inVersionedComment && c == '*' && peek(1) == '/') {
                inVersionedComment = false;
                at += 2;
            } else if (mysql && c == '/' && peek(1) == '*' && peek(2) == '!') {
                inVersionedComment = true;
                at += 3;
                while (at < text.length() && Character.isDigit(text.charAt(at))) {
                    at++;
                }
            } else if (c == '/' && peek(1) == '*') {
                var broken = comment();
                if (broken != null) {
                    return broken;
                }
            } else {
                return null;
            }
        }
        return inVersionedComment ? brokenAtEnd() : null;
    }

    private Token brokenAtEnd() {
        inVersionedComment = false;
        return new Token(Kind.BROKEN, "/*!", at, at, line);
    }

    private static boolean endsWord(char c) {
        return c == 0 || Character.isWhitespace(c) || Character.isISOControl(c);
    }

    private Token comment() {
        var start = at;
        var startLine = line;
        var depth = 0;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '/' && peek(1) == '*' && (depth == 0 || !mysql)) {
                depth++;
                at += 2;
            } else if (c == '*' && peek(1) == '/') {
                depth--;
                at += 2;
                if (depth == 0) {
                    return null;
                }
            } else {
                count(c);
                at++;
            }
        }
        return new Token(Kind.BROKEN, "/*", start, at, startLine);
    }

    private Token quoted(char quote, Kind kind, boolean backslashes) {
        var start = at;
        var startLine = line;
        var content = new StringBuilder();
        at++;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == quote && peek(1) == quote) {
                content.append(quote);
                at += 2;
            } else if (c == quote) {
                at++;
                var word = kind == Kind.STRING ? text.substring(start, at) : content.toString();
                return new Token(kind, word, start, at, startLine);
            } else if (c == '\\' && backslashes && at + 1 < text.length()) {
                content.append(c).append(text.charAt(at + 1));
                count(text.charAt(at + 1));
                at += 2;
            } else {
                count(c);
                content.append(c);
                at++;
            }
        }
        return new Token(Kind.BROKEN, String.valueOf(quote), start, at, startLine);
    }

    private static Token back(Token token, int characters) {
        return new Token(token.kind(), token.text(), token.start() - characters, token.end(), token.line());
    }

    private boolean isPrefixOfString(char c) {
        return "bBxXnN".indexOf(c) >= 0 && peek(1) == '\'';
    }

    private Token dollarQuoted() {
        var end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '$' || Character.isDigit(peek(1))) {
            return null;
        }
        var start = at;
        var startLine = line;
        var tag = text.substring(at, end + 1);
        var close = text.indexOf(tag, end + 1);
        var stop = close < 0 ? text.length() : close + tag.length();
        for (var i = start; i < stop; i++) {
            count(text.charAt(i));
        }
        at = stop;
        return new Token(close < 0 ? Kind.BROKEN : Kind.STRING, text.substring(start, stop), start, stop, startLine);
    }

    private Token number() {
        var start = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '.' || text.charAt(at) == '_')) {
            at++;
        }
        var digits = text.substring(start, at);
        // MySQL's identifiers may begin with a digit, such as 2fa_codes.
        var isName = mysql && !digits.matches("[0-9.]+([eE][0-9]*)?|0[xXbB][0-9a-fA-F]+");
        return new Token(isName ? Kind.WORD : Kind.NUMBER, digits, start, at, line);
    }

    private Token word() {
        var start = at;
        while (at < text.length() && (isWordStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
            at++;
        }
        return new Token(Kind.WORD, text.substring(start, at), start, at, line);
    }

    private boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_' || (c == '$' && (mysql || at > 0)) || Character.isSurrogate(c);
    }

    /** Operators are one token each; brackets, commas and semicolons stand alone. */
    private Token sign(char c) {
        var start = at;
        at++;
        if (OPERATOR_SIGNS.indexOf(c) >= 0) {
            while (at < text.length() && OPERATOR_SIGNS.indexOf(text.charAt(at)) >= 0 && !beginsComment()) {
                at++;
            }
        }
        return new Token(Kind.SIGN, text.substring(start, at), start, at, line);
    }

    private boolean beginsComment() {
        return text.startsWith("--", at)
                || text.startsWith("/*", at)
                || (mysql && "#`".indexOf(text.charAt(at)) >= 0)
                || (mysql && inVersionedComment && text.startsWith("*/", at));
    }

    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private void count(char c) {
        if (c == '\n') {
            line++;
        }
    }
}
