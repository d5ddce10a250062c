package dev.slipway.catalog;

import java.util.Optional;

/** What {@code ${name}} in a service definition stands for: secrets and addresses that don't belong into the file. */
public interface Placeholders {

    /** @return empty where this source does not know the name */
    Optional<String> value(String name);
}
