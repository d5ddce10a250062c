package dev.slipway.sandbox;

/**
 * Picks a share of calls, evenly spread: of 100 calls at 0.05 exactly five, none of them by luck. Limits of a service
 * definition can then be chosen so that healthy versions never fail.
 */
final class Share {

    /** Above the rounding error of many additions, far below any share that matters. */
    private static final double ROUNDING = 1e-9;

    private double due;

    /**
     * @param share 0 to 1
     * @return whether this call belongs to the share
     */
    synchronized boolean takes(double share) {
        due += share;
        if (due < 1 - ROUNDING) {
            return false;
        }
        due -= 1;
        return true;
    }
}
