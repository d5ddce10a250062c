package dev.slipway.observation.judge;

import java.time.Instant;

/**
 * What one look brought for one metric.
 *
 * @param kind   whether there was a value
 * @param value  finite; null where there was none
 * @param events how many of {@code size} happened, where the metric is a share of counts; else null
 * @param size   how much traffic the value rests on; null where nobody asked or the source does not know
 * @param why    why there was no value; null where there was one
 * @param warmUp whether the version was too fresh to be compared; absolute limits hold all the same
 * @param at     when; null where that does not matter
 */
public record Sample(Kind kind, Double value, Double events, Double size, String why, boolean warmUp, Instant at) {

    public enum Kind {
        VALUE,
        NO_DATA,
        BROKEN
    }

    public static Sample value(double value, Double size, boolean warmUp) {
        return new Sample(Kind.VALUE, value, null, size, null, warmUp, null);
    }

    /**
     * A share of counts. Without traffic it is no evidence for anything.
     *
     * @param events 0 or more
     * @param total  0 or more
     */
    public static Sample share(double events, double total, Instant at) {
        return total > 0
                ? new Sample(Kind.VALUE, events / total, events, total, null, false, at)
                : new Sample(Kind.NO_DATA, null, null, total, "there was no traffic", false, at);
    }

    public static Sample noData(String why, boolean warmUp) {
        return new Sample(Kind.NO_DATA, null, null, null, why, warmUp, null);
    }

    public static Sample broken(String why, boolean warmUp) {
        return new Sample(Kind.BROKEN, null, null, null, why, warmUp, null);
    }

    /** @return the same, seen at a time */
    public Sample at(Instant time) {
        return new Sample(kind, value, events, size, why, warmUp, time);
    }

    boolean hasValue() {
        return kind == Kind.VALUE;
    }

    boolean hasCounts() {
        return hasValue() && events != null && size != null && size > 0;
    }
}
