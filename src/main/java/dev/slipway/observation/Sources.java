package dev.slipway.observation;

import dev.slipway.catalog.Settings;
import dev.slipway.observation.AskedQuestions.Question;
import dev.slipway.observation.ObservationMeters.Fate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * All metric sources, asked in the background and never for longer than the timeout. Every endpoint has its own few
 * threads, so that one that hangs keeps nobody waiting but those who ask it; and so many may wait for it, no more.
 */
@Component
class Sources implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final int MOST_ENDPOINTS = 256;
    private static final int IDLE_SECONDS = 10;

    /** Releases of one service are due at the same instant, and are looked at one soon after the other. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(10);

    private static final int MOST_SHARED = 20_000;

    private record Endpoint(String source, Settings settings) {}

    private final Map<String, MetricSource> byName;
    private final ObservationProperties properties;
    private final ObservationMeters meters;
    private final Clock clock;
    private final Map<Endpoint, ThreadPoolExecutor> readers = new ConcurrentHashMap<>();
    private final AskedQuestions asked = new AskedQuestions(MOST_SHARED, SHARED_FOR);

    Sources(List<MetricSource> sources, ObservationProperties properties, ObservationMeters meters, Clock clock) {
        this.byName = sources.stream().collect(Collectors.toMap(MetricSource::name, Function.identity()));
        this.properties = properties;
        this.meters = meters;
        this.clock = clock;
    }

    /** Begins a round of questions as of now; equal ones are asked once. */
    Round round(Instant at) {
        return new Round(at, new AskedQuestions(Integer.MAX_VALUE, SHARED_FOR));
    }

    /**
     * Begins a round of questions as of an instant at which others ask too: equal ones are asked once by this node, in
     * whichever round, within 10 seconds and among its latest 20,000.
     */
    Round roundOnGrid(Instant at) {
        return new Round(at, asked);
    }

    /** Asks for several times at once, and waits. @return empty where there is no such source or it fails */
    List<MetricSource.At> range(String source, MetricQuery query, Instant from, Instant to, Duration step) {
        try {
            var known = byName.get(source);
            return known == null ? List.of() : known.range(query, from, to, step);
        } catch (RuntimeException e) {
            LOG.warn("Metric source {} failed on the history of {}", source, query.text(), e);
            return List.of();
        }
    }

    @Override
    public void destroy() {
        readers.values().forEach(ThreadPoolExecutor::shutdownNow);
    }

    /** Questions asked at one time. */
    final class Round {

        private final Instant now;
        private final AskedQuestions known;

        private Round(Instant now, AskedQuestions known) {
            this.now = now;
            this.known = known;
        }

        Instant at() {
            return now;
        }

        /** @return completes within the timeout, never exceptionally */
        CompletableFuture<Reading> read(String source, MetricQuery query) {
            return read(source, query, now);
        }

        CompletableFuture<Reading> read(String source, MetricQuery query, Instant at) {
            var question = new Question(source, query, at);
            synchronized (known) {
                var before = known.find(question, clock.instant());
                if (before != null) {
                    meters.question(source, Fate.SHARED);
                    return before;
                }
                return ask(question, known);
            }
        }
    }

    private CompletableFuture<Reading> ask(Question question, AskedQuestions known) {
        var source = byName.get(question.source());
        if (source == null) {
            return CompletableFuture.completedFuture(
                    new Reading.Broken("There is no metric source " + question.source() + "."));
        }
        var answer = new CompletableFuture<Reading>();
        Future<?> task;
        try {
            task = readersOf(question).submit(() -> answer.complete(read(source, question)));
        } catch (RejectedExecutionException e) {
            meters.question(question.source(), Fate.REFUSED);
            return CompletableFuture.completedFuture(new Reading.Broken("too many questions are waiting for "
                    + question.source() + " (" + properties.waiting() + "; slipway.observation.waiting)"));
        }
        meters.question(question.source(), Fate.ASKED);
        var late = new Reading.Broken(question.source() + " did not answer within "
                + properties.timeout().toMillis() + " ms.");
        var reading = answer.completeOnTimeout(late, properties.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((said, failure) -> {
                    if (said == late) {
                        task.cancel(true);
                    }
                });
        known.keep(question, reading, clock.instant());
        return reading;
    }

    private static Reading read(MetricSource source, Question question) {
        try {
            return source.read(question.query(), question.at());
        } catch (RuntimeException e) {
            // A faulty adapter is a source that does not answer, not a failed release.
            LOG.warn(
                    "Metric source {} failed on {}",
                    question.source(),
                    question.query().text(),
                    e);
            return new Reading.Broken(question.source() + " failed: " + e);
        }
    }

    private ThreadPoolExecutor readersOf(Question question) {
        if (readers.size() > MOST_ENDPOINTS) {
            readers.values()
                    .removeIf(pool -> pool.getPoolSize() == 0 && pool.getQueue().isEmpty());
        }
        return readers.computeIfAbsent(
                new Endpoint(question.source(), question.query().settings()), key -> newReaders());
    }

    private ThreadPoolExecutor newReaders() {
        var pool = new ThreadPoolExecutor(
                properties.readers(),
                properties.readers(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(properties.waiting()),
                work -> {
                    var thread = new Thread(work, "metric-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
