package dev.slipway.observation;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
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
 * threads, so that one that hangs keeps nobody waiting but those who ask it.
 */
@Component
class Sources implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(Sources.class);
    private static final int MOST_ENDPOINTS = 256;
    private static final int IDLE_SECONDS = 10;

    private final Map<String, MetricSource> byName;
    private final ObservationProperties properties;
    private final Map<String, ThreadPoolExecutor> readers = new ConcurrentHashMap<>();

    Sources(List<MetricSource> sources, ObservationProperties properties) {
        this.byName = sources.stream().collect(Collectors.toMap(MetricSource::name, Function.identity()));
        this.properties = properties;
    }

    /** Begins a round of questions; equal ones are asked once. */
    Round round(Instant at) {
        return new Round(at);
    }

    @Override
    public void destroy() {
        readers.values().forEach(ThreadPoolExecutor::shutdownNow);
    }

    /** Questions asked at one time. For one thread. */
    final class Round {

        private record Question(String source, MetricQuery query, Instant at) {}

        private final Instant now;
        private final Map<Question, CompletableFuture<Reading>> asked = new HashMap<>();

        private Round(Instant now) {
            this.now = now;
        }

        Instant at() {
            return now;
        }

        /** @return completes within the timeout, never exceptionally */
        CompletableFuture<Reading> read(String source, MetricQuery query) {
            return read(source, query, now);
        }

        CompletableFuture<Reading> read(String source, MetricQuery query, Instant at) {
            return asked.computeIfAbsent(new Question(source, query, at), Sources.this::ask);
        }
    }

    private CompletableFuture<Reading> ask(Round.Question question) {
        var source = byName.get(question.source());
        if (source == null) {
            return CompletableFuture.completedFuture(
                    new Reading.Broken("There is no metric source " + question.source() + "."));
        }
        var late = new Reading.Broken(question.source() + " did not answer within "
                + properties.timeout().toMillis() + " ms.");
        var answer = new CompletableFuture<Reading>();
        var task = readersOf(question).submit(() -> answer.complete(read(source, question)));
        return answer.completeOnTimeout(late, properties.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((reading, failure) -> {
                    if (reading == late) {
                        task.cancel(true);
                    }
                });
    }

    private static Reading read(MetricSource source, Round.Question question) {
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

    private ThreadPoolExecutor readersOf(Round.Question question) {
        if (readers.size() > MOST_ENDPOINTS) {
            readers.values()
                    .removeIf(pool -> pool.getPoolSize() == 0 && pool.getQueue().isEmpty());
        }
        return readers.computeIfAbsent(
                question.source() + question.query().settings().values().hashCode(), key -> newReaders());
    }

    private ThreadPoolExecutor newReaders() {
        var pool = new ThreadPoolExecutor(
                properties.readers(),
                properties.readers(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> {
                    var thread = new Thread(work, "metric-reader");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
