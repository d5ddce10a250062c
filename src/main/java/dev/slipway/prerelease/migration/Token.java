package dev.slipway.prerelease.migration;

/**
 * One word, sign or literal of SQL.
 *
 * @param kind  what it is
 * @param text  as it means: an identifier without its quotes, a literal with them
 * @param start offset of its first character in the text
 * @param end   offset behind its last character
 * @param line  1 for the first
 */
record Token(Kind kind, String text, int start, int end, int line) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        SIGN,
        /** A literal, comment or identifier that never ends. */
        BROKEN
    }

    boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }
}
