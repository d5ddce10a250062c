package dev.slipway.window.haproxy;

import java.time.Duration;

/** Until when an operation must be over, however many questions it asks. */
record Deadline(long nanos, Duration allowed) {

    static Deadline in(Duration allowed) {
        return new Deadline(System.nanoTime() + allowed.toNanos(), allowed);
    }

    /** @return what is left, rounded up; zero when it is over */
    long millisLeft() {
        var left = nanos - System.nanoTime();
        return left <= 0 ? 0 : left / 1_000_000 + 1;
    }

    boolean isOver() {
        return millisLeft() == 0;
    }
}
