package dev.slipway.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.observation.WatchLoad;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The short form of {@link WatcherBenchmarkTest}: that nothing is left out, nothing is done twice, nothing is late. */
class WatcherLoadIT {

    private static final int RELEASES = 500;
    private static final int SERVICES = 25;
    private static final int QUESTIONS_OF_A_RELEASE = 2;
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PERIOD = Duration.ofSeconds(20);

    @Test
    void every_release_is_looked_at_in_time_and_once() throws Exception {
        try (var postgres = EmbeddedPostgres.start();
                var load = new WatchLoad(postgres.getJdbcUrl("postgres", "postgres"), RELEASES, SERVICES, INTERVAL)) {
            load.begin();
            load.start();

            var taken = load.take(PERIOD);

            var rounds = PERIOD.dividedBy(INTERVAL);
            assertThat(taken.looks()).isBetween(RELEASES * (rounds - 1), RELEASES * (rounds + 1));
            assertThat(taken.duplicates()).isZero();
            assertThat(taken.skipped()).isZero();
            assertThat(taken.refused()).isZero();
            assertThat(taken.lag99()).isLessThan((double) INTERVAL.toMillis());
            // Of three questions of a release one is the same for all releases of its service.
            var own = (long) RELEASES * QUESTIONS_OF_A_RELEASE + SERVICES;
            assertThat(taken.asked()).isBetween(own * (rounds - 1), own * (rounds + 1));
            assertThat(taken.shared()).isGreaterThan(0);
        }
    }
}
