package dev.slipway.observation;

import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.slipway.catalog.ServiceCatalog;
import dev.slipway.catalog.ServiceDefinition;
import dev.slipway.release.ReleaseFlow;
import dev.slipway.release.ReleaseId;
import dev.slipway.release.Timeline;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Many releases that are watched at the same time, on a real PostgreSQL. Each service has several releases, each of a
 * version of its own, and two metrics: the error rate with a limit, and the latency, compared with the version that
 * serves. So a look asks three questions, the third of which is the same for all releases of a service. The source is in
 * memory and answers after a millisecond; all services share it as one endpoint.
 */
public final class WatchLoad implements AutoCloseable {

    private static final int CONNECTIONS = 20;

    /** Answers after a moment. */
    private static final class NearbySource implements MetricSource {

        private final LongAdder asked = new LongAdder();

        @Override
        public String name() {
            return "fake";
        }

        @Override
        public Reading read(MetricQuery query, Instant at) {
            asked.increment();
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new Reading.Broken("interrupted");
            }
            return new Reading.Value(0.01 + (query.hashCode() & 15) / 10_000.0, at);
        }
    }

    /**
     * What a while of watching took.
     *
     * @param looks      that were written
     * @param rows       of measurements
     * @param duplicates releases with two looks at one time
     * @param skipped    instants of the grid at which a release was not looked at, though it was before and after
     * @param asked      questions that reached the source
     * @param shared     questions that were answered with the answer to an equal one
     * @param refused    questions that did not get a place in the queue
     * @param lag50      from due to written, in milliseconds
     * @param lag99      the same
     * @param longest    the same
     */
    public record Taken(
            long looks,
            long rows,
            long duplicates,
            long skipped,
            long asked,
            long shared,
            long refused,
            double lag50,
            double lag99,
            double longest) {}

    private final int releases;
    private final int services;
    private final Duration interval;
    private final HikariDataSource pool;
    private final JdbcTemplate template;
    private final NearbySource source = new NearbySource();
    private final ObservationMeters meters = new ObservationMeters();
    private final ServiceCatalog catalog =
            mock(ServiceCatalog.class, withSettings().stubOnly());
    private final Sources sources;
    private final LookWriter writer;
    private final Watches watches;
    private final Looks looks;
    private final MeasurementTable table;
    private final Histories histories;
    private final TransactionTemplate transaction;
    private final Watcher watcher;

    /** @param url of an empty PostgreSQL database */
    public WatchLoad(String url, int releases, int services, Duration interval) {
        this.releases = releases;
        this.services = services;
        this.interval = interval;
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).load().migrate();
        template = new JdbcTemplate(pool);
        var properties = new ObservationProperties(
                true,
                Duration.ofMillis(250),
                200,
                Duration.ofSeconds(5),
                8,
                2_000,
                1_000_000,
                null,
                20,
                Duration.ZERO,
                0.05);
        var clock = Clock.systemUTC();
        when(catalog.pinned(anyLong())).thenReturn(definition());
        sources = new Sources(List.of(source), properties, meters, clock);
        watches = new Watches(template);
        table = new MeasurementTable(template);
        transaction = new TransactionTemplate(new JdbcTransactionManager(pool));
        writer = new LookWriter(
                watches,
                table,
                mock(Timeline.class, withSettings().stubOnly()),
                mock(Charts.class, withSettings().stubOnly()),
                transaction);
        looks = new Looks(
                new Definitions(catalog, clock),
                new Questions(properties),
                new Pasts(sources, properties, Runnable::run),
                properties);
        histories = new Histories(table, properties);
        var flow = mock(ReleaseFlow.class, withSettings().stubOnly());
        watcher = new Watcher(watches, looks, sources, histories, writer, flow, properties, meters, clock);
    }

    private static ServiceDefinition definition() {
        return Metrics.service(Metrics.errorRate(), Metrics.latency());
    }

    /** Puts all releases under watch, in their first step. */
    public void begin() {
        template.update("""
                insert into service_definition (service, digest, text, pinned_at)
                select 'service-' || n, n, '', now() from generate_series(1, ?) n""", services);
        template.update("""
                insert into release (service, version, title, owner, requested_by, phase, opened_at, serving_version,
                    schema_change, definition_id)
                select 'service-' || (n - 1) % ? + 1, '2.' || n, 't', 'o', 'r', 'RELEASE_WINDOW', now(),
                    '1.' || (n - 1) % ?, false, (n - 1) % ? + 1
                from generate_series(1, ?) n""", services, services, services, releases);
        var now = Instant.ofEpochMilli(System.currentTimeMillis());
        var rows = new ArrayList<Object[]>();
        for (var i = 0; i < releases; i++) {
            var service = i % services;
            rows.add(new Object[] {
                (long) i + 1,
                (long) service + 1,
                "2." + (i + 1),
                "1." + service,
                interval.toMillis(),
                Watches.timestamp(now),
                Watches.timestamp(now),
                Watches.timestamp(now.plus(Duration.ofHours(1))),
                Watches.timestamp(Grid.of("service-" + (service + 1), interval).after(now))
            });
        }
        template.batchUpdate("""
                insert into watch (release_number, definition_id, version, serving_version, interval_millis, began_at,
                    stage, stage_began_at, planned_end, extensions, next_due)
                values (?, ?, ?, ?, ?, ?, 'step-1', ?, ?, 0, ?)""", rows);
        template.execute("analyze");
    }

    public void start() {
        watcher.start();
    }

    /** Watches for a while, and says what it took. */
    public Taken take(Duration period) throws InterruptedException {
        var registry = registry();
        meters.bindTo(registry);
        var before = rows();
        var asked = source.asked.sum();
        var begin = Instant.ofEpochMilli(System.currentTimeMillis());
        Thread.sleep(period.toMillis());
        var lag = registry.get("slipway.observation.look.lag").timer();
        var snapshot = lag.takeSnapshot();
        var percentiles = snapshot.percentileValues();
        return new Taken(
                snapshot.count(),
                rows() - before,
                count("""
                        select count(*) from (select 1 from measurement group by release_number, metric, at
                            having count(*) > 1) twice"""),
                count("""
                        select coalesce(sum(round(extract(epoch from at - before) * 1000 / %d) - 1), 0) from (
                            select at, lag(at) over (partition by release_number order by at) as before
                            from measurement where metric = 'error-rate') looks where before >= ?""".formatted(interval.toMillis()), Watches.timestamp(begin)),
                source.asked.sum() - asked,
                questions(registry, "shared"),
                questions(registry, "refused"),
                percentiles[0].value(TimeUnit.MILLISECONDS),
                percentiles[percentiles.length - 1].value(TimeUnit.MILLISECONDS),
                snapshot.max(TimeUnit.MILLISECONDS));
    }

    /** Takes one look the way a job of the engine would: in one transaction, with one question after the other's answer. */
    public void lookAlone(long release) {
        var watch = watches.find(new ReleaseId(release)).orElseThrow();
        var history = histories.of(watch);
        var at = Instant.ofEpochMilli(System.currentTimeMillis());
        var taken = looks.take(watch, history, false, sources.round(at)).join();
        transaction.executeWithoutResult(status -> {
            var verdict = taken.verdict();
            watches.looked(new Watches.Looked(
                    watch, at, verdict.verdict(), verdict.reason(), watch.grid().after(at)));
            table.add(taken.measured());
        });
        histories.add(watch, history, taken);
    }

    /** @return the process id of one of the connections */
    public long databaseProcess() {
        return count("select pg_backend_pid()");
    }

    public void stop() {
        watcher.stop();
    }

    private long rows() {
        return count("select count(*) from measurement");
    }

    private long count(String sql, Object... values) {
        return template.queryForObject(sql, Long.class, values);
    }

    private static long questions(MeterRegistry registry, String fate) {
        return (long) registry.find("slipway.observation.questions").tag("fate", fate).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    /** One that forgets nothing during a run. */
    private static MeterRegistry registry() {
        var registry = new SimpleMeterRegistry();
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return DistributionStatisticConfig.builder()
                        .expiry(Duration.ofHours(1))
                        .bufferLength(1)
                        .percentilePrecision(2)
                        .build()
                        .merge(config);
            }
        });
        return registry;
    }

    @Override
    public void close() {
        stop();
        sources.destroy();
        writer.destroy();
        pool.close();
    }
}
