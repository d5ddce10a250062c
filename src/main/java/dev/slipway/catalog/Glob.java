package dev.slipway.catalog;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which paths of a repository are meant: {@code *} stands for any characters within a name, {@code **} for any number
 * of folders, {@code ?} for one character, <code>{a,b}</code> for one of several.
 */
public final class Glob {

    private static final Pattern PLAIN_SUFFIX = Pattern.compile("\\*\\*/\\*[\\w.-]+");
    private static final Pattern PLAIN_NAME = Pattern.compile("\\*\\*/[\\w.-]+");

    private final String text;
    private final Predicate<String> matches;

    private Glob(String text) {
        this.text = text;
        this.matches = matching(text);
    }

    /** @throws IllegalArgumentException saying what is wrong, where it is no glob */
    public static Glob of(String text) {
        var why = problem(text);
        if (why != null) {
            throw new IllegalArgumentException(text + " " + why);
        }
        return new Glob(text);
    }

    /** @param path from the top of the repository, with slashes */
    public boolean matches(String path) {
        return matches.test(path);
    }

    /** Most globs are an ending or a name, and there are many paths: those need no regular expression. */
    private static Predicate<String> matching(String text) {
        if (PLAIN_SUFFIX.matcher(text).matches()) {
            var ending = text.substring("**/*".length());
            return path -> path.endsWith(ending);
        }
        if (PLAIN_NAME.matcher(text).matches()) {
            var name = text.substring("**/".length());
            return path -> path.endsWith(name) && (path.length() == name.length() || path.endsWith("/" + name));
        }
        var pattern = Pattern.compile(regex(text));
        return path -> pattern.matcher(path).matches();
    }

    private static String problem(String text) {
        if (text.startsWith("/") || text.contains("\\")) {
            return "is not a glob from the top of the repository, with slashes, such as db/migration/**.";
        }
        var open = 0;
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (open < 0 || open > 1) {
                return "is not a glob: its braces don't match.";
            }
        }
        return open == 0 ? null : "is not a glob: its braces don't match.";
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        var inBraces = false;
        for (int i = 0; i < glob.length(); i++) {
            var c = glob.charAt(i);
            if (glob.startsWith("**/", i)) {
                regex.append("(?:[^/]++/)*");
                i += 2;
            } else if (glob.startsWith("**", i)) {
                regex.append(".*");
                i++;
            } else {
                inBraces = c == '{' || (inBraces && c != '}');
                regex.append(
                        switch (c) {
                            case '*' -> "[^/]*";
                            case '?' -> "[^/]";
                            case '{' -> "(?:";
                            case '}' -> ")";
                            case ',' -> inBraces ? "|" : ",";
                            default -> Pattern.quote(String.valueOf(c));
                        });
            }
        }
        return regex.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Glob that && that.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
