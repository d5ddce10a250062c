package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.observation.WatchLoad;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ten thousand releases watched every ten seconds, and as many looks as a bare engine can take as timer jobs. */
class WatcherBenchmarkTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final int RELEASES = Integer.getInteger("releases", 10_000);
    private static final int RELEASES_OF_A_SERVICE = 20;
    private static final int TIMER_JOBS = 3_000;
    private static final Duration WARM_UP = Duration.ofSeconds(Integer.getInteger("warm-up", 60));
    private static final Duration MEASURED = Duration.ofSeconds(70);

    @Test
    @Tag("benchmark")
    void ten_thousand_releases_are_looked_at_every_ten_seconds() throws Exception {
        try (var postgres = EmbeddedPostgres.start()) {
            var watcher = watcher(database(postgres, "watcher"));
            var engine = engine(database(postgres, "looks"), database(postgres, "engine"));
            System.out.printf(
                    "%.1f times as many looks a second; a look takes %.1f times as much of the processors in the engine%n",
                    watcher.perSecond / engine.perSecond, engine.millisALook / watcher.millisALook);
        }
    }

    private record Speed(double perSecond, double millisALook) {}

    private static Speed watcher(String url) throws InterruptedException {
        try (var load = new WatchLoad(url, RELEASES, RELEASES / RELEASES_OF_A_SERVICE, INTERVAL)) {
            load.begin();
            load.start();
            Thread.sleep(WARM_UP.toMillis());
            var before = ProcessorTime.now(load.databaseProcess());
            var begin = System.nanoTime();
            var taken = load.take(MEASURED);
            var seconds = (System.nanoTime() - begin) / 1e9;
            var worked = ProcessorTime.now(load.databaseProcess()).since(before);
            System.out.printf("watcher: %s in %.0f s, load average %.1f%n", taken, seconds, loadAverage());
            var speed = report("watcher", taken.looks(), seconds, worked);
            assertThat(taken.duplicates()).isZero();
            assertThat(taken.refused()).isZero();
            assertThat(taken.skipped()).isZero();
            return speed;
        }
    }

    private static Speed engine(String looks, String url) throws InterruptedException {
        try (var load = new WatchLoad(looks, TIMER_JOBS, TIMER_JOBS / RELEASES_OF_A_SERVICE, INTERVAL)) {
            load.begin();
            try (var jobs = new TimerJobs(url, load::lookAlone)) {
                jobs.start(TIMER_JOBS, INTERVAL);
                Thread.sleep(WARM_UP.toMillis() / 2);
                var before = ProcessorTime.now(load.databaseProcess());
                var done = jobs.done();
                var begin = System.nanoTime();
                Thread.sleep(MEASURED.toMillis() / 2);
                var took = jobs.done() - done;
                var seconds = (System.nanoTime() - begin) / 1e9;
                var worked = ProcessorTime.now(load.databaseProcess()).since(before);
                System.out.printf(
                        "engine: %d timer jobs due every %s; behind by %s at the end, load average %.1f%n",
                        TIMER_JOBS, INTERVAL, jobs.behind(), loadAverage());
                return report("engine", took, seconds, worked);
            }
        }
    }

    private static Speed report(String what, long looks, double seconds, ProcessorTime worked) {
        var program = worked.program().toMillis();
        var database = worked.database().toMillis();
        System.out.printf(
                "%s: %d looks in %.0f s, %.0f a second; processor time %.1f s of the program and %.1f s of PostgreSQL, "
                        + "%.2f ms a look%n",
                what,
                looks,
                seconds,
                looks / seconds,
                program / 1000.0,
                database / 1000.0,
                (double) (program + database) / looks);
        return new Speed(looks / seconds, (double) (program + database) / looks);
    }

    private static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String database(EmbeddedPostgres postgres, String name) throws SQLException, IOException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }
}
