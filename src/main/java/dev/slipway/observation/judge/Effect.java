package dev.slipway.observation.judge;

/**
 * How much the new version differs, as the best estimate with its 95 % interval.
 *
 * @param size     0 is no difference; 0.2 is a fifth more where it is relative, else in the metric's unit
 * @param low      lower end
 * @param high     upper end
 * @param relative whether to the baseline
 */
public record Effect(double size, double low, double high, boolean relative) {

    /** @param unit with a space in front, or empty; such as {@code +41 % (95 % interval +19 % to +70 %)} */
    String inWords(String unit) {
        return words(size, unit) + " (95 % interval " + words(low, unit) + " to " + words(high, unit) + ")";
    }

    private String words(double value, String unit) {
        var sign = value > 0 ? "+" : "";
        return relative
                ? sign + Seen.number(Math.round(value * 1_000) / 10.0) + " %"
                : sign + Seen.number(value) + unit;
    }
}
