package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Finds its way through a program's text by quotes and brackets alone. */
final class CodeText {

    private static final Pattern HEREDOC = Pattern.compile("<<[~-]?['\"]?([A-Z_]+)['\"]?");

    private CodeText() {}

    /** @return the text with comments left blank, so that offsets stay */
    static String withoutComments(String text, String comment) {
        var result = new StringBuilder(text);
        var i = 0;
        while (i < text.length()) {
            var quoted = quoted(text, i);
            if (quoted > i) {
                i = quoted;
            } else if (text.startsWith(comment, i)) {
                i = blank(result, i, end(text, "\n", i));
            } else if (comment.equals("//") && text.startsWith("/*", i)) {
                i = blank(result, i, Math.min(text.length(), end(text, "*/", i) + 2));
            } else {
                i++;
            }
        }
        return result.toString();
    }

    private static int end(String text, String mark, int from) {
        var end = text.indexOf(mark, from);
        return end < 0 ? text.length() : end;
    }

    private static int blank(StringBuilder text, int from, int to) {
        for (var i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
        return Math.max(to, from + 1);
    }

    /** @return the offset behind the literal or heredoc that begins here; the same offset where none does */
    private static int quoted(String text, int at) {
        for (var quote : List.of("\"\"\"", "'''", "\"", "'", "`")) {
            if (text.startsWith(quote, at)) {
                var i = at + quote.length();
                while (i < text.length() && !text.startsWith(quote, i)) {
                    i += text.charAt(i) == '\\' ? 2 : 1;
                }
                return Math.min(text.length(), i + quote.length());
            }
        }
        return at;
    }

    /** @return null where it is no call: no brackets, and none may be left out */
    static Call call(String text, int start, String name, int end, boolean bare) {
        var i = end;
        while (i < text.length() && text.charAt(i) == ' ') {
            i++;
        }
        var line = Code.line(text, start);
        if (i < text.length() && text.charAt(i) == '(') {
            var close = close(text, i);
            return close < 0 ? null : new Call(name, text.substring(i + 1, close), start, close + 1, line);
        }
        if (!bare) {
            return null;
        }
        var stop = lineEnd(text, i);
        var heredoc = HEREDOC.matcher(text).region(i, stop);
        if (heredoc.find()) {
            var ends = Pattern.compile("(?m)^\\s*" + heredoc.group(1) + "\\s*$").matcher(text);
            if (ends.find(stop)) {
                var body = text.substring(Math.min(stop + 1, ends.start()), ends.start());
                return new Call(name, "\"\"\"" + body + "\"\"\"", start, ends.end(), line + 1);
            }
        }
        var words = text.substring(i, stop).replaceFirst("\\s+do(\\s*\\|[^|]*\\|)?\\s*$", "");
        return new Call(name, words, start, stop, line);
    }

    /** A line that ends with a comma goes on. */
    private static int lineEnd(String text, int from) {
        var i = from;
        while (i < text.length() && text.charAt(i) != '\n') {
            var quoted = quoted(text, i);
            var bracket = "([{".indexOf(text.charAt(i)) >= 0 ? close(text, i) + 1 : 0;
            i = Math.max(Math.max(quoted, bracket), i + 1);
            if (i < text.length()
                    && text.charAt(i) == '\n'
                    && text.substring(from, i).stripTrailing().endsWith(",")) {
                i++;
            }
        }
        return Math.min(i, text.length());
    }

    /** @return the offset of the bracket that closes the one here; -1 where none does */
    static int close(String text, int open) {
        var depth = 0;
        var i = open;
        while (i < text.length()) {
            var quoted = quoted(text, i);
            if (quoted > i) {
                i = quoted;
                continue;
            }
            var c = text.charAt(i);
            if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
                if (depth == 0) {
                    return i;
                }
            }
            i++;
        }
        return -1;
    }

    /** @return what stands between commas outside quotes and brackets */
    static List<String> split(String words) {
        var parts = new ArrayList<String>();
        var start = 0;
        var i = 0;
        while (i < words.length()) {
            var quoted = quoted(words, i);
            var bracket = "([{".indexOf(words.charAt(i)) >= 0 ? close(words, i) + 1 : 0;
            if (quoted > i || bracket > 0) {
                i = Math.max(quoted, bracket);
            } else {
                if (words.charAt(i) == ',') {
                    parts.add(words.substring(start, i));
                    start = i + 1;
                }
                i++;
            }
        }
        if (start < words.length() && !words.substring(start).isBlank()) {
            parts.add(words.substring(start));
        }
        return parts;
    }
}
