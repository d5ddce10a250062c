package dev.slipway.window.featureflag;

import dev.slipway.catalog.SettingsCheck;
import dev.slipway.window.tool.Refused;

/** A kind of server that knows feature flags. */
interface FlagServer {

    /** @return its value of setting {@code provider} */
    String name();

    /** @return as people call it */
    String called();

    /** Checks what only this kind needs. */
    void check(SettingsCheck check);

    /** @return its address where the setting names none; null where one must be named */
    String usualUrl();

    /** @return how many decimals of a percentage it can express */
    int decimals();

    /** @throws Refused also where there is no such flag or environment */
    Flag read(FlagPlace place) throws Refused;

    /**
     * Sets the percentage first and then switches the flag on, so that nobody gets an old percentage in between.
     *
     * @param flag what was read just now
     */
    void set(FlagPlace place, Flag flag, double percentage) throws Refused;

    /** The kill switch. */
    void switchOff(FlagPlace place) throws Refused;
}
