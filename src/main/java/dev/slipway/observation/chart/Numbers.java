package dev.slipway.observation.chart;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them on an axis. */
final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4);
    private static final double LARGE = 1e7;
    private static final double SMALL = 1e-5;

    private Numbers() {}

    /** @return at most four digits, such as {@code 0.0312} or {@code 1.25e+09} */
    static String of(double value) {
        var size = Math.abs(value);
        if (size >= LARGE || (size > 0 && size < SMALL)) {
            return String.format(Locale.ROOT, "%.2e", value);
        }
        return plain(new BigDecimal(value).round(FOUR_DIGITS));
    }

    /** @return a coordinate, to a tenth of a pixel */
    static String pixels(double value) {
        return plain(BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
