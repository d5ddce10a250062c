package dev.slipway.window.featureflag;

/**
 * A flag in one environment, as its server told it.
 *
 * @param on         whether it is switched on there
 * @param percentage of those whom no rule of its own catches that get the new behaviour, 0 to 100; 0 where it is off
 * @param trouble    why the percentage can't be read or set, as a sentence's end; null where it can
 */
record Flag(boolean on, double percentage, String trouble) {

    static Flag of(boolean on, double percentage) {
        return new Flag(on, percentage, null);
    }

    static Flag unclear(boolean on, String trouble) {
        return new Flag(on, 0, trouble);
    }
}
