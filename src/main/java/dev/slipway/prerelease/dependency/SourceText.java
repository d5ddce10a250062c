package dev.slipway.prerelease.dependency;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file's lines without its comments: what only a comment speaks of, is not used. Lines that nobody writes by hand are
 * blank. The lines keep their numbers.
 */
final class SourceText {

    private static final int LONGEST_LINE = 2_000;

    private static final Set<String> LIKE_C = Set.of(
            "java", "kt", "kts", "scala", "groovy", "gradle", "js", "jsx", "ts", "tsx", "mjs", "cjs", "mts", "cts",
            "go", "rs", "cs", "php", "swift", "prisma", "proto", "vue", "svelte", "dart");
    private static final Set<String> LIKE_XML = Set.of("xml", "html", "csproj", "fsproj", "props");
    private static final Set<String> WITHOUT = Set.of("json");
    private static final Pattern DOCSTRING = Pattern.compile("^\\s*+[rRbBuU]?(\"\"\"|''')");

    private final String path;
    private final List<String> lines;
    private String joined;

    private SourceText(String path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    static SourceText of(String path, byte[] content) {
        var lines = new ArrayList<String>();
        for (var line : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
            var text = line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
            lines.add(text.length() > LONGEST_LINE ? "" : text);
        }
        return new SourceText(path, withoutComments(path, lines));
    }

    private static List<String> withoutComments(String path, List<String> lines) {
        var ending = ending(path);
        if (LIKE_C.contains(ending)) {
            return new CLikeComments().without(lines);
        }
        if (LIKE_XML.contains(ending)) {
            return withoutBlocks(lines, "<!--", "-->");
        }
        if (ending.equals("py")) {
            return lines(withoutDocstrings(lines), SourceText::withoutHash);
        }
        if (ending.equals("sql")) {
            // Liquibase's change sets are comments.
            return lines;
        }
        return WITHOUT.contains(ending) ? lines : lines(lines, SourceText::withoutHash);
    }

    private static List<String> lines(List<String> lines, java.util.function.UnaryOperator<String> change) {
        return lines.stream().map(change).toList();
    }

    private static String ending(String path) {
        var name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static String withoutHash(String line) {
        var quote = '\0';
        for (int i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (quote != '\0') {
                quote = c == quote ? '\0' : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(line.charAt(i - 1)))) {
                return line.substring(0, i);
            }
        }
        // A quote that was never closed was an apostrophe.
        return quote != '\0' && line.strip().startsWith("#") ? "" : line;
    }

    private static List<String> withoutDocstrings(List<String> lines) {
        var kept = new ArrayList<String>();
        String end = null;
        for (var line : lines) {
            if (end != null) {
                end = line.contains(end) ? null : end;
                kept.add("");
                continue;
            }
            var matcher = DOCSTRING.matcher(line);
            if (matcher.find()) {
                var quotes = matcher.group(1);
                end = line.indexOf(quotes, matcher.end()) >= 0 ? null : quotes;
                kept.add("");
            } else {
                kept.add(line);
            }
        }
        return kept;
    }

    private static List<String> withoutBlocks(List<String> lines, String begin, String end) {
        var kept = new ArrayList<String>();
        var inside = false;
        for (var line : lines) {
            var rest = new StringBuilder();
            var at = 0;
            while (at < line.length()) {
                var next = line.indexOf(inside ? end : begin, at);
                if (next < 0) {
                    rest.append(inside ? "" : line.substring(at));
                    break;
                }
                rest.append(inside ? "" : line.substring(at, next));
                at = next + (inside ? end : begin).length();
                inside = !inside;
            }
            kept.add(rest.toString());
        }
        return kept;
    }

    String path() {
        return path;
    }

    List<String> lines() {
        return lines;
    }

    String joined() {
        if (joined == null) {
            joined = String.join("\n", lines);
        }
        return joined;
    }

    /** @return the lines that a line stands under, the closest first; a heading in brackets among them */
    List<String> above(int line) {
        var above = new ArrayList<String>();
        var ending = ending(path);
        var sections = ending.equals("toml") || ending.equals("ini") || path.endsWith("Pipfile");
        if (sections || LIKE_XML.contains(ending)) {
            // A whole block may stand in one line here.
            above.add(lines.get(line));
        }
        var level = level(lines.get(line));
        for (int i = line - 1; i >= 0 && level > 0; i--) {
            var one = lines.get(i);
            if (one.isBlank()) {
                continue;
            }
            var indent = indent(one);
            if (key(one) < level) {
                above.add(one);
                level = level(one);
            } else if (indent < level) {
                // The first key of a list's item stands beside, and the item's dash above.
                level = indent + 1;
            }
        }
        if (sections) {
            heading(line, above);
        }
        return above;
    }

    private void heading(int line, List<String> above) {
        for (int i = line - 1; i >= 0; i--) {
            if (lines.get(i).startsWith("[")) {
                above.add(lines.get(i));
                return;
            }
        }
    }

    /** A list's item may stand as far left as the key above it. */
    private static int level(String line) {
        var indent = indent(line);
        return indent < line.length() && line.charAt(indent) == '-' ? indent + 1 : indent;
    }

    private static int indent(String line) {
        var indent = 0;
        while (indent < line.length() && (line.charAt(indent) == ' ' || line.charAt(indent) == '\t')) {
            indent++;
        }
        return indent;
    }

    /** @return where the key begins, behind a list's dash */
    private static int key(String line) {
        var indent = indent(line);
        if (indent + 1 < line.length() && line.charAt(indent) == '-' && line.charAt(indent + 1) == ' ') {
            var key = indent + 1;
            while (key < line.length() && line.charAt(key) == ' ') {
                key++;
            }
            return key;
        }
        return indent;
    }
}
