package dev.slipway.observation;

import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Definitions of watched releases, so that they are not read from their text at every look. */
@Component
class Definitions {

    private static final int MOST = 500;

    /** Secrets and addresses that a definition points to may change while a release is watched. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private record Kept(ServiceDefinition definition, Instant until) {}

    private final ServiceCatalog catalog;
    private final Clock clock;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Kept> eldest) {
            return size() > MOST;
        }
    };

    Definitions(ServiceCatalog catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** @throws java.util.NoSuchElementException where nothing was pinned under that id */
    ServiceDefinition pinned(long id) {
        var now = clock.instant();
        synchronized (kept) {
            var known = kept.get(id);
            if (known != null && now.isBefore(known.until())) {
                return known.definition();
            }
        }
        var definition = catalog.pinned(id);
        synchronized (kept) {
            kept.put(id, new Kept(definition, now.plus(KEPT)));
        }
        return definition;
    }
}
