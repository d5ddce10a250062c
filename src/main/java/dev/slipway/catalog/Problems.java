package dev.slipway.catalog;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All that is wrong with one file, each thing once, by line. */
final class Problems {

    /** Shorter values would turn up in messages by chance. */
    private static final int SHORTEST_SECRET = 4;

    private static final int LONGEST_REASON = 500;

    private final String file;
    private final Set<FileProblem> all = new LinkedHashSet<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();
    private boolean unreadable;

    Problems(String file) {
        this.file = file;
    }

    /** The value can't be understood, so there is no definition. */
    void unreadable(int line, String path, String reason) {
        unreadable = true;
        object(line, path, reason);
    }

    /** The value is understood and not accepted. */
    void object(int line, String path, String reason) {
        all.add(new FileProblem(file, line, path, reason));
    }

    /** From now on the value of a placeholder is not shown in any message. */
    void conceal(String placeholder, String value) {
        if (value.length() >= SHORTEST_SECRET) {
            secrets.put(value, "${" + placeholder + "}");
        }
    }

    boolean anyUnreadable() {
        return unreadable;
    }

    List<FileProblem> list() {
        return all.stream()
                .map(this::concealed)
                .sorted(Comparator.comparingInt(FileProblem::line))
                .toList();
    }

    private FileProblem concealed(FileProblem problem) {
        var reason = problem.reason();
        var longestFirst = secrets.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (var secret : longestFirst) {
            reason = reason.replace(secret, secrets.get(secret));
        }
        return new FileProblem(problem.file(), problem.line(), inOneLine(problem.path()), inOneLine(reason));
    }

    /** Readers expect one problem a line, whatever was written in the file. */
    private static String inOneLine(String text) {
        var line = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
        return line.length() > LONGEST_REASON ? line.substring(0, LONGEST_REASON) + "…" : line;
    }
}
