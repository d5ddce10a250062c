package dev.slipway.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:03.217Z");

    @Test
    void an_instant_is_never_after_the_time_and_the_next_always_is() {
        var grid = Grid.of("checkout", INTERVAL);
        var at = grid.at(NOW);

        assertThat(at).isBetween(NOW.minus(INTERVAL).plusMillis(1), NOW);
        assertThat(grid.after(NOW)).isEqualTo(at.plus(INTERVAL));
        assertThat(grid.at(at)).isEqualTo(at);
        assertThat(grid.after(at)).isEqualTo(at.plus(INTERVAL));
        assertThat(grid.at(at.minusMillis(1))).isEqualTo(at.minus(INTERVAL));
    }

    @Test
    void every_node_and_every_release_of_a_service_is_on_the_same_grid() {
        var at = Grid.of("checkout", INTERVAL).at(NOW);

        assertThat(Grid.through(at, INTERVAL)).isEqualTo(Grid.of("checkout", INTERVAL));
        assertThat(Grid.through(at.plusSeconds(86_400), INTERVAL).at(NOW)).isEqualTo(at);
        assertThat(Grid.through(Instant.EPOCH.minusMillis(3), INTERVAL).at(NOW))
                .isEqualTo(Instant.parse("2025-12-31T23:59:59.997Z"));
    }

    @Test
    void services_with_similar_names_are_spread_over_the_interval() {
        var tenths = IntStream.range(0, 500)
                .mapToObj(i -> Grid.of("service-" + i, INTERVAL).offset().toSeconds())
                .toList();

        for (var tenth = 0L; tenth < 10; tenth++) {
            var wanted = tenth;
            assertThat(tenths.stream().filter(offset -> offset == wanted).count())
                    .isBetween(30L, 70L);
        }
    }
}
