package dev.slipway.observation.scrape;

import java.util.Map;
import java.util.SortedMap;

/** What an expression gives at one time. */
sealed interface Result {

    record Scalar(double value) implements Result {}

    /** @param values by labels, without the metric's name */
    record Vector(Map<SortedMap<String, String>, Double> values) implements Result {}
}
