package dev.slipway.window.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time, so that one that hangs does not take the others' time. Each ends by itself. */
final class Together {

    private Together() {}

    /**
     * @return what came of each, in their order
     * @throws RuntimeException the first failure, after all have ended; a technical one before a refusal
     */
    static <T> List<T> all(List<? extends Callable<T>> things) {
        if (things.isEmpty()) {
            return List.of();
        }
        var threads = Executors.newFixedThreadPool(things.size());
        try {
            return results(threads.invokeAll(things));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("It was not waited for any longer.", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> results(List<Future<T>> ended) throws InterruptedException {
        var results = new ArrayList<T>();
        RuntimeException failure = null;
        for (var one : ended) {
            try {
                results.add(one.get());
            } catch (ExecutionException e) {
                var cause =
                        e.getCause() instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
                if (failure == null || (failure instanceof Refused && !(cause instanceof Refused))) {
                    failure = cause;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }
}
