package dev.slipway.sandbox;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.annotation.PreDestroy;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * The pretend service as a whole: its running versions, its router, and the state that outlives the process. An order
 * is kept before it takes effect, in one write with the effect it will have, so that a crash at any moment leaves it
 * either carried out or unknown.
 */
@Component
@Profile("sandbox")
class Storefront implements SmartLifecycle {

    /** What serves before anything was released. */
    static final String FIRST_VERSION = "1.0.0";

    /** Ahead of the web server and the engine's jobs. */
    static final int PHASE = 0;

    private static final int THREADS = 4;
    private static final long WORK_EVERY_MILLIS = 50;

    private final Clock clock;
    private final StateFile file;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, daemons("storefront-"));
    private final ScheduledExecutorService worker =
            Executors.newSingleThreadScheduledExecutor(daemons("storefront-worker-"));
    private final Router router;
    private final Map<String, StorefrontVersion> running = new HashMap<>();
    private SandboxState state;
    private volatile boolean started;
    private boolean closed;

    /**
     * Takes the router's port and reads the state, so that the address is known before anything asks for it.
     *
     * @throws java.io.UncheckedIOException where the port is in use
     * @throws IllegalStateException        where the state can't be read
     */
    Storefront(SandboxProperties properties, Clock clock) {
        this.clock = clock;
        this.file = new StateFile(properties.directory());
        this.state = file.read().orElseGet(() -> SandboxState.servedBy(FIRST_VERSION));
        var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(threads)
                .build();
        this.router = new Router(properties.port(), client, registry, threads);
    }

    static ThreadFactory daemons(String prefix) {
        var number = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, prefix + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** @return the router's address, without a path */
    URI address() {
        return router.address();
    }

    synchronized SandboxState state() {
        return state;
    }

    boolean serves() {
        return started;
    }

    /**
     * Carries an order out, once for each key.
     *
     * @param weight percentage of a shift; null for other orders
     * @param move   what the order makes of the traffic
     * @return what came of it, now or the first time
     * @throws IllegalStateException         where the key was used for a different order
     * @throws java.io.UncheckedIOException where the order could not be kept; nothing has changed then
     */
    synchronized JournalEntry carryOut(
            String key, JournalEntry.Kind kind, String version, Double weight, Function<Traffic, Traffic.Move> move) {
        var known = state.order(key);
        if (known.isPresent()) {
            if (!known.get().isFor(kind, version, weight)) {
                throw new IllegalStateException("The key %s stands for %s %s since %s and can't stand for %s %s too."
                        .formatted(
                                key,
                                known.get().kind(),
                                known.get().version(),
                                known.get().at(),
                                kind,
                                version));
            }
            return known.get();
        }
        return take(key, kind, version, weight, move.apply(state.traffic()));
    }

    private JournalEntry take(String key, JournalEntry.Kind kind, String version, Double weight, Traffic.Move move) {
        if (move instanceof Traffic.Move.To to) {
            var done = new JournalEntry(key, kind, version, weight, clock.instant(), true, to.message(), 1);
            if (kind == JournalEntry.Kind.DEPLOY) {
                // Deployed again means from scratch: nothing of the last try may wait in its queue.
                retire(version);
            }
            become(state.with(to.traffic(), done));
            return done;
        }
        var why = ((Traffic.Move.Refused) move).why();
        var refused = new JournalEntry(key, kind, version, weight, clock.instant(), false, why, 0);
        become(state.with(state.traffic(), refused));
        return refused;
    }

    /** Sets what is wrong with a version, deployed or not. */
    synchronized void setFault(String version, Fault fault) {
        become(state.withFault(version, fault));
        var affected = running.get(version);
        if (affected != null) {
            affected.fault(fault);
        }
    }

    private void become(SandboxState next) {
        if (started) {
            run(next);
        }
        file.write(next);
        state = next;
        if (started) {
            route();
        }
    }

    private void run(SandboxState next) {
        for (var version : next.traffic().versions()) {
            running.computeIfAbsent(
                    version, name -> new StorefrontVersion(name, next.faultOf(name), registry, threads));
        }
    }

    private void route() {
        var traffic = state.traffic();
        var candidate = traffic.candidate() == null ? null : running.get(traffic.candidate());
        router.route(new Router.Split(
                running.get(traffic.stable()).address(),
                candidate == null ? null : candidate.address(),
                traffic.weight()));
        running.keySet().stream()
                .filter(version -> !traffic.versions().contains(version))
                .toList()
                .forEach(this::retire);
    }

    private void retire(String version) {
        var gone = running.remove(version);
        if (gone != null) {
            gone.stop();
        }
    }

    private synchronized void work() {
        running.values().forEach(StorefrontVersion::work);
    }

    @Override
    public synchronized void start() {
        run(state);
        route();
        router.start();
        var unused =
                worker.scheduleWithFixedDelay(this::work, WORK_EVERY_MILLIS, WORK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        started = true;
    }

    /** For good: the port is free again. */
    @Override
    @PreDestroy
    public synchronized void stop() {
        if (closed) {
            return;
        }
        closed = true;
        started = false;
        worker.shutdownNow();
        router.stop();
        running.values().forEach(StorefrontVersion::stop);
        running.clear();
        threads.shutdownNow();
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    /** Starts before and stops after whatever might give it orders or read its metrics. */
    @Override
    public int getPhase() {
        return PHASE;
    }
}
