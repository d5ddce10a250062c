package dev.slipway.observation.judge;

/**
 * What one look brought for one metric.
 *
 * @param kind   whether there was a value
 * @param value  finite; null where there was none
 * @param size   how much traffic the value rests on; null where nobody asked or the source does not know
 * @param why    why there was no value; null where there was one
 * @param warmUp whether the version was too fresh to be compared; absolute limits hold all the same
 */
public record Sample(Kind kind, Double value, Double size, String why, boolean warmUp) {

    public enum Kind {
        VALUE,
        NO_DATA,
        BROKEN
    }

    public static Sample value(double value, Double size, boolean warmUp) {
        return new Sample(Kind.VALUE, value, size, null, warmUp);
    }

    public static Sample noData(String why, boolean warmUp) {
        return new Sample(Kind.NO_DATA, null, null, why, warmUp);
    }

    public static Sample broken(String why, boolean warmUp) {
        return new Sample(Kind.BROKEN, null, null, why, warmUp);
    }

    boolean hasValue() {
        return kind == Kind.VALUE;
    }
}
