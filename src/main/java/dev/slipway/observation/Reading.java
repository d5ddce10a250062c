package dev.slipway.observation;

import java.time.Instant;

/** What a source said about one query at one time. */
public sealed interface Reading {

    /** @param value finite; NaN and infinity are {@link NoData} */
    record Value(double value, Instant measuredAt) implements Reading {}

    record NoData(String why) implements Reading {}

    record Broken(String why) implements Reading {}
}
