package dev.slipway.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Guesses what somebody meant to write. */
final class Suggestion {

    /** Longer texts are no slips of the pen, and comparing them takes long. */
    private static final int LONGEST = 60;

    private Suggestion() {}

    /** @return {@code  Did you mean X?} with a leading space; empty where nothing known is near */
    static String among(Collection<String> known, String given) {
        if (given.length() > LONGEST) {
            return "";
        }
        var farthest = Math.max(1, given.length() / 3);
        return known.stream()
                .filter(candidate -> distance(candidate, given) <= farthest)
                .min(Comparator.comparingInt(candidate -> distance(candidate, given)))
                .map(Suggestion::of)
                .orElse("");
    }

    static String of(String meant) {
        return " Did you mean " + meant + "?";
    }

    /** How many letters have to be changed, added, left out or swapped with their neighbour; case does not count. */
    private static int distance(String left, String right) {
        var a = left.toLowerCase(Locale.ROOT);
        var b = right.toLowerCase(Locale.ROOT);
        var rows = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    rows[i][j] = i + j;
                    continue;
                }
                var changed = rows[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                rows[i][j] = Math.min(changed, 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    rows[i][j] = Math.min(rows[i][j], 1 + rows[i - 2][j - 2]);
                }
            }
        }
        return rows[a.length()][b.length()];
    }
}
