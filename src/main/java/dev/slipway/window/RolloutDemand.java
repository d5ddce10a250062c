package dev.slipway.window;

/**
 * What the risk demands of a rollout.
 *
 * @param gradual         whether it must begin small
 * @param firstStepAtMost the most traffic, above 0 to 100 percent, that the first step of a gradual rollout may take
 */
record RolloutDemand(boolean gradual, double firstStepAtMost) {

    static final RolloutDemand NONE = new RolloutDemand(false, 100);
}
