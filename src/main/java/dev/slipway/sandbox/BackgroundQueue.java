package dev.slipway.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * Checkouts wait here until a worker has dealt with them. Age is measured on the machine's own timer, for the traffic
 * is real even where the engine's clock is moved.
 */
final class BackgroundQueue {

    /** Keeps a forgotten fault from filling the memory; about 40 minutes of checkouts at the default load. */
    static final int CAPACITY = 100_000;

    private final Deque<Long> enqueuedAt = new ArrayDeque<>();
    private int arrived;
    private double allowance;

    /** @return false where the queue is full */
    synchronized boolean enqueue() {
        if (enqueuedAt.size() >= CAPACITY) {
            return false;
        }
        enqueuedAt.addLast(System.nanoTime());
        arrived++;
        return true;
    }

    /**
     * The worker's turn.
     *
     * @param slowness 0 drains everything, 1 nothing; between, that share of what arrived since the last turn is left
     */
    synchronized void drain(double slowness) {
        if (slowness == 0) {
            enqueuedAt.clear();
            allowance = 0;
        } else {
            allowance += arrived * (1 - slowness);
            while (allowance >= 1 && !enqueuedAt.isEmpty()) {
                enqueuedAt.removeFirst();
                allowance--;
            }
        }
        arrived = 0;
    }

    synchronized int depth() {
        return enqueuedAt.size();
    }

    /** @return seconds since the oldest waiting checkout came in; 0 where none waits */
    synchronized double oldestAge() {
        return enqueuedAt.isEmpty()
                ? 0
                : (System.nanoTime() - enqueuedAt.getFirst()) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
