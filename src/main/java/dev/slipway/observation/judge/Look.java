package dev.slipway.observation.judge;

/**
 * Which look at a stage this is.
 *
 * @param number     1 for the first since the stage began or was last extended
 * @param planned    how many there will be; at least 1
 * @param extensions how often the stage was extended; 0 where never
 * @param last       whether the stage ends with it
 */
public record Look(int number, int planned, int extensions, boolean last) {

    /**
     * The share of the release's error probability that may be spent at this look. An eighth is reserved for
     * extensions, half of what is left of it for each; half of every budget is kept for its last look and the rest is
     * spread evenly over the looks before it. The sum over all looks never exceeds {@code alpha}.
     *
     * @param alpha above 0, below 1
     * @return 0 at a look beyond those that were planned which is not the last
     */
    double level(double alpha) {
        if (last) {
            return budget(alpha) / 2;
        }
        return number >= planned ? 0 : flatLevel(alpha);
    }

    /** @return what may be spent at every look but the last */
    double flatLevel(double alpha) {
        return budget(alpha) / 2 / Math.max(1, planned - 1);
    }

    private double budget(double alpha) {
        return extensions == 0 ? alpha * 7 / 8 : alpha / 8 / Math.pow(2, extensions);
    }
}
