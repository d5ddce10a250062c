package dev.slipway.observation;

import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.catalog.ServiceDefinition.CompareWith;
import dev.slipway.catalog.ServiceDefinition.Metric;
import dev.slipway.observation.judge.Past;
import dev.slipway.release.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * The habits of metrics that are compared: read once a release, in the background, so that no look waits for them. Until
 * they are there, and where the source knows no past, nothing is forgiven. Earlier days matter only where the time before
 * the release is compared with; how much one look says about the next, always.
 */
@Component
class Pasts {

    /** 2,016 values a week: enough for the time of day, and no burden for the source. */
    private static final Duration STEP = Duration.ofMinutes(5);

    private static final int MOST = 1_000; // some 32 kB each
    private static final int MOST_WITHOUT_DAYS = 50_000; // some 200 bytes each
    private static final int LOOKS = 240;
    private static final int WAITING = 1_000;
    private static final int IDLE_SECONDS = 30;

    private record Key(ReleaseId release, String metric) {}

    private final Sources sources;
    private final ObservationProperties properties;
    private final Executor background;
    private final Map<Key, Past> withDays = bounded(MOST);
    private final Map<Key, Past> withoutDays = bounded(MOST_WITHOUT_DAYS);

    @Autowired
    Pasts(Sources sources, ObservationProperties properties) {
        this(sources, properties, oneThread());
    }

    Pasts(Sources sources, ObservationProperties properties, Executor background) {
        this.sources = sources;
        this.properties = properties;
        this.background = background;
    }

    /** @return what is known by now */
    Past of(Watch watch, ServiceDefinition definition, Metric metric) {
        if (metric.compareWith() == CompareWith.NONE
                || metric.counts() != null
                || properties.history().isZero()) {
            return Past.NONE;
        }
        var known = metric.compareWith() == CompareWith.BEFORE ? withDays : withoutDays;
        var key = new Key(watch.release(), metric.name());
        synchronized (known) {
            var past = known.get(key);
            if (past != null) {
                return past;
            }
            known.put(key, Past.NONE);
        }
        background.execute(() -> {
            var past = read(watch, definition, metric);
            synchronized (known) {
                known.put(key, past);
            }
        });
        synchronized (known) {
            return known.getOrDefault(key, Past.NONE);
        }
    }

    private Past read(Watch watch, ServiceDefinition definition, Metric metric) {
        var version = watch.servingVersion() == null ? watch.version() : watch.servingVersion();
        var query = Questions.query(definition, metric, metric.query(), version);
        var looks = points(metric, query, watch.beganAt(), watch.interval().multipliedBy(LOOKS), watch.interval());
        if (metric.compareWith() != CompareWith.BEFORE) {
            return Past.of(List.of(), looks);
        }
        // What is compared with is not its own habit.
        var to = Questions.before(watch, properties.beforeLooks()).minus(watch.interval());
        var step = watch.interval().compareTo(STEP) > 0 ? watch.interval() : STEP;
        return Past.of(points(metric, query, to, properties.history(), step), looks);
    }

    private List<Past.Point> points(Metric metric, MetricQuery query, Instant to, Duration back, Duration step) {
        return sources.range(metric.source(), query, to.minus(back), to, step).stream()
                .map(Pasts::point)
                .flatMap(List::stream)
                .toList();
    }

    private static List<Past.Point> point(MetricSource.At at) {
        return at.reading() instanceof Reading.Value value
                ? List.of(new Past.Point(at.at(), value.value()))
                : List.of();
    }

    private static Executor oneThread() {
        var pool = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(WAITING),
                work -> {
                    var thread = new Thread(work, "metric-history");
                    thread.setDaemon(true);
                    return thread;
                },
                // Where too many wait, a release is judged without its metrics' habits.
                new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Map<Key, Past> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Past> eldest) {
                return size() > most;
            }
        };
    }
}
