package dev.slipway.observation;

import dev.slipway.observation.judge.Verdict;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * Looks at every watched release when it is due, on every node, beside the engine. The engine hears of it only when a
 * verdict turns to FAIL.
 */
@Component
public class Watcher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Watcher.class);
    private static final int JUDGES = 2;
    private static final int LEASE_IN_TIMEOUTS = 3;

    private final Watches watches;
    private final Looks looks;
    private final Sources sources;
    private final Histories histories;
    private final LookWriter writer;
    private final ReleaseFlow flow;
    private final ObservationProperties properties;
    private final ObservationMeters meters;
    private final Clock clock;
    private final Set<ReleaseId> underWay = ConcurrentHashMap.newKeySet();

    private ExecutorService judges = newJudges();
    private ScheduledExecutorService loop;

    Watcher(
            Watches watches,
            Looks looks,
            Sources sources,
            Histories histories,
            LookWriter writer,
            @Lazy ReleaseFlow flow,
            ObservationProperties properties,
            ObservationMeters meters,
            Clock clock) {
        this.watches = watches;
        this.looks = looks;
        this.sources = sources;
        this.histories = histories;
        this.writer = writer;
        this.flow = flow;
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /** Takes all looks that are due and waits for them. For tests, and for whoever can't wait for the next poll. */
    public void lookNow() {
        CompletableFuture.allOf(beginRound().toArray(CompletableFuture[]::new)).join();
    }

    private List<CompletableFuture<Void>> beginRound() {
        var now = now();
        var until = now.plus(properties.timeout().multipliedBy(LEASE_IN_TIMEOUTS));
        return watches.claim(now, until, properties.batch()).stream()
                .map(watch -> begin(watch, now))
                .toList();
    }

    /** One release's failure is its own: it is logged, and the release is looked at again when its claim has run out. */
    private CompletableFuture<Void> begin(Watch watch, Instant now) {
        if (!underWay.add(watch.release())) {
            // The claim ran out before the look was done. It is still being done.
            return CompletableFuture.completedFuture(null);
        }
        return CompletableFuture.completedFuture(watch.grid().at(now))
                .thenComposeAsync(at -> look(watch, at), judges)
                .whenComplete((done, failure) -> underWay.remove(watch.release()))
                .exceptionally(failure -> {
                    LOG.error("{} could not be looked at; it is tried again", watch.release(), failure);
                    return null;
                });
    }

    private CompletableFuture<Void> look(Watch watch, Instant at) {
        var history = histories.of(watch);
        return looks.take(watch, history, false, sources.roundOnGrid(at))
                .thenCompose(taken -> writer.write(watch, taken)
                        .thenAcceptAsync(written -> finish(watch, history, taken, written), judges));
    }

    private void finish(Watch watch, List<Measurement> history, Looks.Taken taken, boolean written) {
        if (!written) {
            LOG.debug("{} is no longer watched; the look at {} is dropped", watch.release(), taken.at());
            histories.forget(watch.release());
            return;
        }
        meters.looked(Duration.between(watch.nextDue(), now()));
        histories.add(watch, history, taken);
        if (taken.verdict().verdict() == Verdict.FAIL && watch.toldAt() == null) {
            tell(watch, taken.verdict().reason());
        }
    }

    /** Where telling fails it is told again after the next look; where no token waits it is dropped. */
    private void tell(Watch watch, String reason) {
        var heard = flow.tell(watch.release(), ReleaseFlow.Event.THRESHOLD_BREACHED, Map.of("exitReason", reason));
        if (!heard) {
            LOG.warn("{} does not wait for a breach; dropped: {}", watch.release(), reason);
        }
        watches.told(watch.release(), clock.instant());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    // Lifecycle

    @Override
    public void start() {
        if (judges.isShutdown()) {
            judges = newJudges();
        }
        loop = Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "watcher"));
        var unused =
                loop.scheduleWithFixedDelay(this::poll, 0, properties.poll().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll() {
        try {
            List<CompletableFuture<Void>> begun;
            do {
                begun = beginRound();
            } while (begun.size() == properties.batch());
        } catch (RuntimeException e) {
            // The loop outlives a database that is away for a while.
            LOG.error("Due releases could not be claimed; trying again", e);
        }
    }

    @Override
    public void stop() {
        if (loop != null) {
            loop.shutdownNow();
            loop = null;
        }
        judges.shutdown();
    }

    @Override
    public boolean isRunning() {
        return loop != null;
    }

    @Override
    public boolean isAutoStartup() {
        return properties.enabled();
    }

    private static ExecutorService newJudges() {
        return Executors.newFixedThreadPool(JUDGES, work -> daemon(work, "watcher-judge"));
    }

    private static Thread daemon(Runnable work, String name) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
