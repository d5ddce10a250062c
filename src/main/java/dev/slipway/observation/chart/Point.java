package dev.slipway.observation.chart;

import dev.slipway.observation.judge.Verdict;
import java.time.Instant;

/**
 * One look at a metric.
 *
 * @param at       when
 * @param stage    such as {@code step-1} or {@code observation}
 * @param value    finite; null where there was none
 * @param baseline of the version that served, at the same time; null where there was none
 * @param verdict  what was said
 * @param warmUp   whether it was too early to be compared
 */
public record Point(Instant at, String stage, Double value, Double baseline, Verdict verdict, boolean warmUp) {

    boolean hasValue() {
        return value != null;
    }
}
