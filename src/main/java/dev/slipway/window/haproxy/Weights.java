package dev.slipway.window.haproxy;

/**
 * The weights that divide traffic between two groups. All servers of a group have the same.
 *
 * @param candidate of each server of the new version's group, 0 to 256
 * @param stable    of each server of the other group, 0 to 256
 */
record Weights(int candidate, int stable) {

    /** What HAProxy takes at most. */
    static final int MOST = 256;

    private static final double ALL = 100;
    private static final double AS_GOOD = 1e-9;
    /** How far the share may be off, as a part of the smaller share of the two. */
    private static final double FAR = 0.1;

    /**
     * The weights whose share is nearest. Of equally near ones the greatest: algorithms that hash make as many points
     * of a server as its weight says, and a group that keeps about its weight keeps its points.
     *
     * @param percent    for the candidates, 0 to 100
     * @param candidates how many servers, at least 1
     * @param stables    how many servers, at least 1
     */
    static Weights nearest(double percent, int candidates, int stables) {
        if (percent <= 0) {
            return new Weights(0, MOST);
        }
        if (percent >= ALL) {
            return new Weights(MOST, 0);
        }
        Weights best = null;
        for (var stable = MOST; stable > 0; stable--) {
            var wanted = percent * stables * stable / ((ALL - percent) * candidates);
            var weights = new Weights((int) Math.max(1, Math.min(MOST, Math.round(wanted))), stable);
            if (best == null
                    || weights.error(percent, candidates, stables)
                            < best.error(percent, candidates, stables) - AS_GOOD) {
                best = weights;
            }
        }
        return best;
    }

    /** @return percentage of the candidates */
    double share(int candidates, int stables) {
        var theirs = (double) candidate * candidates;
        return ALL * theirs / (theirs + (double) stable * stables);
    }

    /** @return whether this is too far from what was asked to be called the same */
    boolean isFarFrom(double percent, int candidates, int stables) {
        return error(percent, candidates, stables) > FAR * Math.min(percent, ALL - percent) + AS_GOOD;
    }

    private double error(double percent, int candidates, int stables) {
        return Math.abs(share(candidates, stables) - percent);
    }
}
