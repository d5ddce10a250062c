package dev.slipway.prerelease.migration;

import dev.slipway.prerelease.migration.Token.Kind;
import java.util.List;

/**
 * One statement of a file.
 *
 * @param text   as it stands in the file, without what ends it
 * @param line   of its first token; 1 for the first line of the file
 * @param tokens none is empty
 * @param client whether it speaks to the client program, such as {@code \i more.sql}, and not to the server
 */
record Statement(String text, int line, List<Token> tokens, boolean client) {

    Statement {
        tokens = List.copyOf(tokens);
    }

    boolean begins(String... words) {
        if (tokens.size() < words.length) {
            return false;
        }
        for (var i = 0; i < words.length; i++) {
            if (!tokens.get(i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    boolean isBroken() {
        return tokens.stream().anyMatch(token -> token.kind() == Kind.BROKEN);
    }
}
