package dev.slipway.api;

import dev.slipway.release.ReleaseId;
import dev.slipway.window.Gate;
import dev.slipway.window.Gates;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.async.DeferredResult;

/** Asks a release's gate again and again for callers who wait, without holding a request thread for each. */
@Component
class GatePolls implements DisposableBean {

    private static final long PAUSE_MILLIS = 500;
    private static final int THREADS = 2;

    private final Gates gates;
    private final ScheduledExecutorService polls;

    GatePolls(Gates gates) {
        this.gates = gates;
        var threads = new CustomizableThreadFactory("gate-poll-");
        threads.setDaemon(true);
        this.polls = Executors.newScheduledThreadPool(THREADS, threads);
    }

    /**
     * @param wait how long the answer WAIT may be held back; 0 s or more
     * @throws dev.slipway.release.Refusal.NotFound where there is no such release
     */
    DeferredResult<Gate> ask(ReleaseId release, Duration wait) {
        var first = gates.of(release);
        // The container's own limit is a net only: the poll answers before.
        var result = new DeferredResult<Gate>(wait.toMillis() + TimeUnit.SECONDS.toMillis(10));
        if (first.decision() != Gate.Decision.WAIT || wait.isZero()) {
            result.setResult(first);
            return result;
        }
        var until = System.nanoTime() + wait.toNanos();
        var polling = new AtomicReference<Future<?>>();
        result.onCompletion(() -> stop(polling));
        result.onTimeout(() -> result.setResult(first));
        polling.set(polls.scheduleWithFixedDelay(
                () -> again(release, until, result),
                Math.min(PAUSE_MILLIS, wait.toMillis()),
                PAUSE_MILLIS,
                TimeUnit.MILLISECONDS));
        return result;
    }

    private void again(ReleaseId release, long until, DeferredResult<Gate> result) {
        if (result.isSetOrExpired()) {
            return;
        }
        try {
            var answer = gates.of(release);
            if (answer.decision() != Gate.Decision.WAIT || System.nanoTime() - until >= 0) {
                result.setResult(answer);
            }
        } catch (RuntimeException failure) {
            result.setErrorResult(failure);
        }
    }

    private static void stop(AtomicReference<Future<?>> polling) {
        var future = polling.get();
        if (future != null) {
            future.cancel(false);
        }
    }

    @Override
    public void destroy() {
        polls.shutdownNow();
    }
}
