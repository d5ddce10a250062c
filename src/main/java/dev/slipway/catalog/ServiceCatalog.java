package dev.slipway.catalog;

import java.util.List;
import java.util.Optional;

/** The services that can be released. */
public interface ServiceCatalog {

    /**
     * A definition as it was when a release opened.
     *
     * @param id         of the stored text
     * @param definition what it says
     */
    record Pinned(long id, ServiceDefinition definition) {}

    /** @return names of all services, in alphabetical order */
    List<String> services();

    /** @return the definition in force now; empty where the service is unknown */
    Optional<ServiceDefinition> find(String service);

    /** Stores the definition in force now, once for each text, so that it can be read again later.
     *
     * @return empty where the service is unknown
     */
    Optional<Pinned> pin(String service);

    /** @throws java.util.NoSuchElementException where nothing was pinned under that id */
    ServiceDefinition pinned(long id);

    /** @return what is wrong with files that were refused, as {@code file:line: path: reason}; empty if all are fine */
    List<String> problems();
}
