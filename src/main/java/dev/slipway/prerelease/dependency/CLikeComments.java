package dev.slipway.prerelease.dependency;

import java.util.ArrayList;
import java.util.List;

/** Takes out comments of languages that write them as C does, and knows that an address in quotes is none. */
final class CLikeComments {

    private static final char NONE = '\0';

    private boolean inBlock;
    private char quote = NONE;

    List<String> without(List<String> lines) {
        var kept = new ArrayList<String>();
        for (var line : lines) {
            kept.add(without(line));
        }
        return kept;
    }

    private String without(String line) {
        var kept = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (inBlock) {
                if (line.startsWith("*/", i)) {
                    inBlock = false;
                    i++;
                }
            } else if (quote != NONE) {
                kept.append(c);
                if (c == '\\' && i + 1 < line.length()) {
                    kept.append(line.charAt(++i));
                } else if (c == quote) {
                    quote = NONE;
                }
            } else if (line.startsWith("//", i)) {
                break;
            } else if (line.startsWith("/*", i)) {
                inBlock = true;
                i++;
            } else {
                kept.append(c);
                quote = c == '"' || c == '\'' || c == '`' ? c : NONE;
            }
        }
        // Only texts between backticks reach over several lines; anything else open was no text.
        if (quote != '`') {
            quote = NONE;
        }
        return kept.toString();
    }
}
