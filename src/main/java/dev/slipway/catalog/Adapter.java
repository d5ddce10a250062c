package dev.slipway.catalog;

import java.util.List;

/**
 * An adapter that a service definition can name. Every port extends this, so that a definition can be checked without
 * the catalogue knowing any adapter.
 */
public interface Adapter {

    /** What a definition can choose. */
    enum Kind {
        DEPLOYER,
        METRIC_SOURCE,
        CHANNEL
    }

    /** @return the name in service definitions, such as {@code haproxy} */
    String name();

    Kind kind();

    /**
     * @param settings those under the adapter's name, merged with those beside its use
     * @return what is wrong with the settings, a sentence each, beginning with the setting's name; empty if fine
     */
    default List<String> problems(Settings settings) {
        return List.of();
    }

    /**
     * @param place what a definition names beside the adapter's name, such as a channel; null where it names none
     * @return what is wrong with it, a sentence each; empty if fine
     */
    default List<String> problemsOfPlace(String place) {
        return List.of();
    }

    /**
     * Whether two settings of this adapter lead to the same place. A rehearsal must not be ordered where production is.
     *
     * @return by default whether they are equal
     */
    default boolean isSamePlace(Settings one, Settings other) {
        return one.equals(other);
    }

    /**
     * @return whether what this adapter drives is told which component and wave an order is for, so that the parts of
     *     a service can have the same settings; by default not
     */
    default boolean tellsPartsApart() {
        return false;
    }
}
