package dev.slipway.window;

import jakarta.annotation.PreDestroy;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Asks deployers what became of the orders that they took on, on every node, and takes their word as if they had
 * reported. Which order is due, and who asks, is in the database: a node that is killed loses nothing, and the first
 * report counts, whoever brings it.
 */
@Component
class OutcomeFollower {

    private static final Logger LOG = LoggerFactory.getLogger(OutcomeFollower.class);
    /** So that a tool that is down is not asked as often as one that answers. */
    private static final int FAILED_WAITS = 6;

    private final DeploymentOrderRepository orders;
    private final Traffic traffic;
    private final DeploymentReports reports;
    private final FollowingProperties properties;
    private final Clock clock;
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();
    private final ExecutorService askers;

    OutcomeFollower(
            DeploymentOrderRepository orders,
            Traffic traffic,
            DeploymentReports reports,
            FollowingProperties properties,
            Clock clock) {
        this.orders = orders;
        this.traffic = traffic;
        this.reports = reports;
        this.properties = properties;
        this.clock = clock;
        var count = new AtomicInteger();
        this.askers = Executors.newFixedThreadPool(properties.atOnce(), work -> {
            var thread = new Thread(work, "follower-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins a round.
     *
     * @return done when every order of this round has been asked about
     */
    CompletableFuture<Void> follow() {
        var now = clock.instant();
        // An answer can take longer than the interval: one more question about the same order would not help.
        return CompletableFuture.allOf(orders.toAskAbout(now, properties.atOnce()).stream()
                .filter(order -> underWay.size() < properties.atOnce() && !underWay.contains(order.id()))
                .filter(order -> orders.claim(order.id(), now, now.plus(properties.interval())) > 0)
                .map(this::begin)
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> begin(DeploymentOrder order) {
        underWay.add(order.id());
        return CompletableFuture.runAsync(() -> ask(order), askers)
                .whenComplete((done, failure) -> underWay.remove(order.id()));
    }

    private void ask(DeploymentOrder order) {
        try {
            var answer = traffic.outcome(order);
            if (answer instanceof Deployer.Answer.Done done) {
                reports.take(order.orderKey(), DeploymentState.SUCCEEDED, done.message());
            } else if (answer instanceof Deployer.Answer.Failed failed) {
                reports.take(order.orderKey(), DeploymentState.FAILED, failed.message());
            }
        } catch (RuntimeException e) {
            // It stays open, and the release does not wait for ever: its time for a report runs out in the diagram.
            var pause = properties.interval().multipliedBy(FAILED_WAITS);
            LOG.warn("What became of {} could not be asked; it is asked again in {}.", order.orderKey(), pause, e);
            orders.askAgain(order.id(), clock.instant().plus(pause));
        }
    }

    @PreDestroy
    void stop() {
        askers.shutdownNow();
    }
}
