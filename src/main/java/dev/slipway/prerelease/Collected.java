package dev.slipway.prerelease;

import java.util.List;
import java.util.Map;

/**
 * What a collector found.
 *
 * @param summary  one to three sentences for people, plain text
 * @param findings in the order in which they are shown; empty where there is nothing to ask about
 * @param facts    what the risk table may decide on, by name: text, whole numbers, decimals, booleans; no nulls
 */
public record Collected(String summary, List<Finding> findings, Map<String, Object> facts) {

    public Collected {
        findings = List.copyOf(findings);
        facts = Map.copyOf(facts);
    }
}
