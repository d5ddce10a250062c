package dev.slipway.proof;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Visitors who never stop asking, on connections they keep, some of them for what takes its time. */
final class Visitors implements AutoCloseable {

    private static final int THREADS = 8;

    private final HttpClient http = client();
    private final AtomicInteger quick = new AtomicInteger();
    private final AtomicInteger slow = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Duration pause;
    private volatile boolean on = true;

    /** What they saw. */
    record Seen(int quick, int slow, List<String> failures) {}

    Visitors(String url, int quickOnes, int slowOnes) {
        this(url, quickOnes, slowOnes, Duration.ZERO);
    }

    /** @param pause between two requests of one visitor, so that they leave the machine to what is tested */
    Visitors(String url, int quickOnes, int slowOnes, Duration pause) {
        this.pause = pause;
        for (var i = 0; i < quickOnes; i++) {
            threads.execute(() -> visit(url + "/", quick));
        }
        for (var i = 0; i < slowOnes; i++) {
            threads.execute(() -> visit(url + "/slow", slow));
        }
    }

    private void visit(String url, AtomicInteger count) {
        while (on) {
            try {
                var answer = get(http, url);
                if (answer.statusCode() != 200) {
                    failures.add(url + " answered " + answer.statusCode());
                }
                count.incrementAndGet();
                Thread.sleep(pause.toMillis());
            } catch (IOException e) {
                failures.add(url + ": " + e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Waits for the answers that are under way. */
    Seen stop() throws InterruptedException {
        on = false;
        threads.shutdown();
        if (!threads.awaitTermination(20, TimeUnit.SECONDS)) {
            failures.add("requests never ended");
        }
        return new Seen(quick.get(), slow.get(), List.copyOf(failures));
    }

    /** @return percentage of so many requests that the version answered; every one must be answered */
    static double share(String url, String version, int requests) throws InterruptedException, ExecutionException {
        var http = client();
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var work = new ArrayList<Callable<Integer>>();
            for (var i = 0; i < THREADS; i++) {
                work.add(() -> answered(http, url, version, requests / THREADS));
            }
            var answered = 0;
            for (var part : threads.invokeAll(work)) {
                answered += part.get();
            }
            return 100.0 * answered / (requests / THREADS * THREADS);
        } finally {
            threads.shutdownNow();
        }
    }

    private static int answered(HttpClient http, String url, String version, int requests)
            throws IOException, InterruptedException {
        var answered = 0;
        for (var i = 0; i < requests; i++) {
            var answer = get(http, url + "/");
            if (answer.statusCode() != 200) {
                throw new IOException(url + " answered " + answer.statusCode());
            }
            answered += answer.body().equals(version) ? 1 : 0;
        }
        return answered;
    }

    private static HttpResponse<String> get(HttpClient http, String url) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @Override
    public void close() {
        on = false;
        threads.shutdownNow();
    }
}
