package dev.slipway.prerelease.migration;

import java.util.HashMap;
import java.util.Map;

/**
 * A rule that a statement meets.
 *
 * @param rule  its id in the rule book
 * @param words the statement's own names, by the placeholder that stands for them in the rule's text
 */
record Hit(String rule, Map<String, String> words) {

    Hit {
        words = Map.copyOf(words);
    }

    /** @param pairs placeholder and word by turns */
    static Hit of(String rule, Object... pairs) {
        var words = new HashMap<String, String>();
        for (var i = 0; i + 1 < pairs.length; i += 2) {
            words.put(pairs[i].toString(), pairs[i + 1].toString());
        }
        return new Hit(rule, words);
    }
}
