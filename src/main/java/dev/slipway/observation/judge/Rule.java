package dev.slipway.observation.judge;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One reason for a verdict.
 *
 * @param name    what a person reads at three in the morning
 * @param verdict what it says where it applies
 * @param applies whether it does
 * @param words   the sentence after the metric's name
 */
record Rule(String name, Verdict verdict, Predicate<Seen> applies, Function<Seen, String> words) {}
