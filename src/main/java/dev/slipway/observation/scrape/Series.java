package dev.slipway.observation.scrape;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What identifies a time series.
 *
 * @param name   of the metric
 * @param labels without the name
 */
record Series(String name, SortedMap<String, String> labels) {

    static Series of(String name, Map<String, String> labels) {
        return new Series(name, new TreeMap<>(labels));
    }
}
