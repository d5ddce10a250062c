package dev.slipway.sandbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one version tells about itself. Counters begin at 0 when the version starts, so that an empty numerator reads 0
 * and not nothing; the queue's gauges begin with the first checkout, so that a version without traffic claims nothing.
 */
final class StorefrontMetrics {

    /** Wide where a healthy version's 95th percentile lies, so that it hardly moves with little traffic. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(10),
        Duration.ofMillis(25),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(250),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2)
    };

    private final PrometheusMeterRegistry registry;
    private final String version;
    private final BackgroundQueue queue;
    private final Map<Endpoint, Timer> answered = new EnumMap<>(Endpoint.class);
    private final Map<Endpoint, Timer> failed = new EnumMap<>(Endpoint.class);
    private final Counter attempts;
    private final Counter checkouts;
    private final Counter signUps;
    private final AtomicBoolean queueUsed = new AtomicBoolean();
    private final List<Meter> meters = new ArrayList<>();

    StorefrontMetrics(PrometheusMeterRegistry registry, String version, BackgroundQueue queue) {
        this.registry = registry;
        this.version = version;
        this.queue = queue;
        for (var endpoint : Endpoint.values()) {
            answered.put(endpoint, timer(endpoint, "200"));
            failed.put(endpoint, timer(endpoint, "500"));
        }
        attempts = counter("storefront.checkout.attempts", "Checkouts that were answered, however it ended");
        checkouts = counter("storefront.checkouts", "Checkouts that became an order");
        signUps = counter("storefront.signups", "Visitors who signed up");
    }

    private Timer timer(Endpoint endpoint, String status) {
        var timer = Timer.builder("storefront.requests")
                .description("Time to answer a request")
                .tags("version", version, "endpoint", endpoint.word(), "status", status)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
        meters.add(timer);
        return timer;
    }

    private Counter counter(String name, String description) {
        var counter = Counter.builder(name)
                .description(description)
                .tag("version", version)
                .register(registry);
        meters.add(counter);
        return counter;
    }

    void request(Endpoint endpoint, boolean fine, Duration took) {
        (fine ? answered : failed).get(endpoint).record(took);
    }

    void checkout(boolean ordered) {
        attempts.increment();
        if (ordered) {
            checkouts.increment();
        }
    }

    void signUp() {
        signUps.increment();
    }

    synchronized void queued() {
        if (queueUsed.compareAndSet(false, true)) {
            meters.add(Gauge.builder("storefront.queue.depth", queue, BackgroundQueue::depth)
                    .description("Checkouts that wait for the worker")
                    .tag("version", version)
                    .register(registry));
            meters.add(Gauge.builder("storefront.queue.oldest.age", queue, BackgroundQueue::oldestAge)
                    .description("How long the oldest waiting checkout has waited")
                    .baseUnit("seconds")
                    .tag("version", version)
                    .register(registry));
        }
    }

    /** Takes the version's series away, for it is no more. */
    synchronized void forget() {
        queueUsed.set(true);
        meters.forEach(registry::remove);
    }
}
