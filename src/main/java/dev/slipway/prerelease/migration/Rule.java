package dev.slipway.prerelease.migration;

import java.util.Map;

/**
 * One entry of the rule book. Its texts have words in braces, which stand for the names of the statement in question.
 *
 * @param id      kebab-case, never changed
 * @param verdict {@link Verdict#SAFE} for a note
 */
record Rule(
        String id,
        Verdict verdict,
        String lock,
        String blocks,
        boolean reversible,
        String why,
        String alternative,
        String link) {

    RuleFinding about(Map<String, String> words) {
        return new RuleFinding(
                id,
                verdict,
                filled(lock, words),
                filled(blocks, words),
                reversible,
                filled(why, words),
                filled(alternative, words),
                link);
    }

    private static String filled(String text, Map<String, String> words) {
        var filled = text;
        for (var word : words.entrySet()) {
            filled = filled.replace("{" + word.getKey() + "}", word.getValue());
        }
        return filled;
    }
}
