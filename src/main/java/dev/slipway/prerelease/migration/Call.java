package dev.slipway.prerelease.migration;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A call in a program.
 *
 * @param start offset of its first character
 * @param end   offset behind its last
 * @param line  1 for the first
 * @param words what stands between its brackets
 */
record Call(String name, String words, int start, int end, int line) {

    private static final Pattern NAMED =
            Pattern.compile("(?s)^\\s*:?['\"]?(\\w+)['\"]?\\s*(?:=>|=(?!=)|:(?!:))\\s*(.*)$");
    private static final Pattern LITERAL = Pattern.compile(
            "(?s)^\\s*(?:[rfbu]|text|sa\\.text|raw)?\\s*\\(?\\s*(\"\"\"|'''|\"|'|`)(.*)\\1\\s*\\)?\\s*$");

    boolean isSql() {
        return List.of("execute", "raw", "RunSQL", "query").contains(name);
    }

    private List<String> parts() {
        return CodeText.split(words);
    }

    /** @return the argument at a place, without quotes; empty where there is none */
    String at(int place) {
        var positional = new ArrayList<String>();
        for (var part : parts()) {
            if (!NAMED.matcher(part).matches() || LITERAL.matcher(part).matches()) {
                positional.add(part);
            }
        }
        return place < positional.size() ? plain(positional.get(place)) : "";
    }

    String get(String argument) {
        return plain(named().getOrDefault(argument, ""));
    }

    boolean has(String argument) {
        return named().containsKey(argument);
    }

    boolean is(String argument, String value) {
        return get(argument).equalsIgnoreCase(value);
    }

    private Map<String, String> named() {
        var named = new LinkedHashMap<String, String>();
        for (var part : parts()) {
            var found = NAMED.matcher(part);
            if (found.matches() && !LITERAL.matcher(part).matches()) {
                named.putIfAbsent(found.group(1), found.group(2));
            }
        }
        return named;
    }

    /** @return a literal, a symbol, or a list of them joined by commas, without what surrounds them */
    static String plain(String argument) {
        var text = argument.strip();
        var literal = LITERAL.matcher(text);
        if (literal.matches()) {
            return literal.group(2);
        }
        var list = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : null;
        if (list != null) {
            var names = new ArrayList<String>();
            CodeText.split(list).forEach(part -> names.add(plain(part)));
            return String.join(",", names);
        }
        return text.startsWith(":") ? text.substring(1) : text;
    }

    /** @return the text of a literal; null where it is put together at run time */
    String literal(String argument) {
        var text = argument.strip();
        var found = LITERAL.matcher(text);
        if (!found.matches()
                || found.group(2).contains("#{")
                || found.group(2).contains("${")
                || (text.startsWith("f\"") || text.startsWith("f'"))) {
            return null;
        }
        return found.group(2);
    }

    String first() {
        var parts = parts();
        return parts.isEmpty() ? "" : parts.get(0);
    }
}
