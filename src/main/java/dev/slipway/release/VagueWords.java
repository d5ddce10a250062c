package dev.slipway.release;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Words with which a plan says nothing that somebody could do at three in the morning. */
public final class VagueWords {

    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private static final Set<String> VAGUE = Set.of(
            "a",
            "all",
            "an",
            "and",
            "any",
            "as",
            "back",
            "backup",
            "backups",
            "check",
            "default",
            "do",
            "done",
            "fine",
            "from",
            "good",
            "if",
            "it",
            "later",
            "manual",
            "manually",
            "n",
            "na",
            "necessary",
            "needed",
            "no",
            "none",
            "normal",
            "nothing",
            "of",
            "ok",
            "okay",
            "plan",
            "possible",
            "procedure",
            "process",
            "required",
            "restore",
            "revert",
            "roll",
            "rollback",
            "same",
            "see",
            "should",
            "simply",
            "standard",
            "tba",
            "tbd",
            "the",
            "thing",
            "to",
            "todo",
            "undo",
            "unknown",
            "usual",
            "usually",
            "we",
            "will",
            "work",
            "works",
            "yes");

    private VagueWords() {}

    /** @return whether the text is nothing, or made of nothing but such words, such as "as usual" or "n/a" */
    public static boolean only(String text) {
        return VAGUE.containsAll(words(text));
    }

    static List<String> words(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(BETWEEN.split(text.toLowerCase(Locale.ROOT)))
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
